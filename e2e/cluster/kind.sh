# A cluster of kind, where Docker is.

name=portico-e2e
pool=198.18.0.0/16
# Who has kind has one; else it is built where a command needs it.
kubectl=$(type -P kubectl) || kubectl=$cache/bin/kubectl

runs() { docker inspect --format '{{.State.Running}}' $name-control-plane 2>/dev/null | grep -qx true; }

prepare() {
  type -P kubectl >/dev/null || die "kubectl is not on PATH"
}

up() {
  mkdir -p "$run"
  kind create cluster --name $name --kubeconfig "$run/kubeconfig" --wait 60s >&2
  start addresses "$BASH" "$here/addresses" "$kubectl" --kubeconfig "$run/kubeconfig"
  local route=(ip route replace $pool via "$(docker inspect --format '{{.NetworkSettings.Networks.kind.IPAddress}}' $name-control-plane)")
  [[ $(id -u) == 0 ]] && "${route[@]}" 2>/dev/null || say "addresses of Services answer here after: sudo ${route[*]}"
}

inside() { docker exec --interactive $name-control-plane "$@"; } # command...

enter() { exec "$@"; } # command...

kill_container() { inside ctr --namespace k8s.io tasks kill --signal SIGKILL "$1"; } # id

manifest=/etc/kubernetes/manifests/kube-apiserver.yaml

stop_apiserver() {
  inside mv $manifest /etc/kubernetes/
  until ! inside pgrep -x kube-apiserver >/dev/null; do sleep .2; done
}

start_apiserver() {
  inside mv "/etc/kubernetes/${manifest##*/}" $manifest
  until inside kubectl --kubeconfig /etc/kubernetes/admin.conf get --raw /readyz >/dev/null 2>&1; do sleep .2; done
}

load() { kind load image-archive "$1" --name $name; } # archive

keep() { cp "$run"/*.log "$1"; kind export logs "$1" --name $name >&2; } # folder

down() {
  stop owner
  stop addresses
  kind delete cluster --name $name --kubeconfig "$run/kubeconfig" >&2
  [[ $(id -u) != 0 ]] || ip route del $pool 2>/dev/null || true
  rm -rf "$run"
}
