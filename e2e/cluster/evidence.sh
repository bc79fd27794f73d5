# What tells afterwards why a test failed.

gather() { # folder
  local to kinds
  to=$(realpath -m "${1:-$here/../target/cluster-logs}")
  [[ -n ${1:-} ]] || rm -rf "$to"
  mkdir -p "$to"
  keep "$to" || true
  # Secrets stay where they are.
  if runs && kinds=$(kubectl api-resources --verbs=list -o name | grep -vxE 'secrets|events(\.events\.k8s\.io)?' | paste -sd,); then
    kubectl get "$kinds" -A -o yaml >"$to/objects.yaml" 2>/dev/null || true
    kubectl get events -A --sort-by=.metadata.creationTimestamp >"$to/events.txt" || true
    kubectl describe nodes,pods -A >"$to/pods.txt" || true
  else
    say "the API server does not answer: no objects, only logs"
  fi
  echo "$to"
}

kubectl() { "$kubectl" --kubeconfig "$run/kubeconfig" --request-timeout 30s "$@"; }
