{{- define "portico.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 53 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "portico.operator" -}}
{{ include "portico.fullname" . }}-operator
{{- end -}}

{{- define "portico.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "portico.operator" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: expected a name where serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "portico.gateway" -}}
{{- default (include "portico.fullname" .) .Values.gateway.name -}}
{{- end -}}

{{- define "portico.labels" -}}
{{- include "portico.labelsBesides" (list . dict) -}}
{{- end -}}

{{- /* (list $ labels): Portico's own win. */ -}}
{{- define "portico.labelsBesides" -}}
{{- $root := index . 0 -}}
{{- $own := include "portico.selector" $root | fromYaml -}}
{{- $own = merge $own (dict "app.kubernetes.io/version" $root.Chart.AppVersion "app.kubernetes.io/part-of" "portico") -}}
{{- merge $own (index . 1) $root.Values.commonLabels | toYaml -}}
{{- end -}}

{{- define "portico.selector" -}}
app.kubernetes.io/name: portico-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* The pods of all data planes, as the operator labels them. */ -}}
{{- define "portico.proxies" -}}
app.kubernetes.io/name: portico-proxy
{{- end -}}

{{- /* (list $ image) */ -}}
{{- define "portico.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $name := printf "%s/%s" (default $root.Values.global.image.registry $image.registry) $image.repository | trimPrefix "/" -}}
{{- if $image.digest -}}
{{ $name }}@{{ $image.digest }}
{{- else -}}
{{ $name }}:{{ default $root.Chart.AppVersion $image.tag }}
{{- end -}}
{{- end -}}

{{- /* Of these the operator's objects and data planes are; empty where those are of all. */ -}}
{{- define "portico.namespaces" -}}
{{- if .Values.watchNamespaces -}}
{{- append .Values.watchNamespaces .Release.Namespace | uniq | sortAlpha | toJson -}}
{{- else -}}
[]
{{- end -}}
{{- end -}}
