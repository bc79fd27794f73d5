# A node with everything that Kubernetes consists of, in namespaces of its own: one process holds them, and with it they end.

# All of it is in 198.18.0.0/15, which is for tests alone (RFC 2544): the host gets one link and one route, and loses none.
link=portico-e2e
host_address=198.19.255.1
node_address=198.19.255.2
pods=198.19.0.0/18
services=198.19.64.0/18
first_service=198.19.64.1

programs=(etcd kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl)

# A command, or a file, and the Debian package that brings it.
needs=(containerd containerd ctr containerd runc runc catatonit catatonit nft nftables iptables iptables ip iproute2
  /usr/lib/cni/bridge containernetworking-plugins openssl openssl curl curl)

PATH=$PATH:/usr/sbin:/sbin

missing() {
  local i
  for ((i = 0; i < ${#needs[@]}; i += 2)); do
    command -v "${needs[i]}" >/dev/null || echo "${needs[i + 1]}"
  done | sort -u | paste -sd' '
}

runs() { alive node >/dev/null; }

prepare() {
  local packages
  packages=$(missing)
  [[ -z $packages ]] || die "a node needs what is not here: apt-get install --no-install-recommends $packages"
  [[ $(id -u) == 0 ]] || die "a node needs root; without it there are 'up --api', kind, and any cluster of yours by KUBECONFIG"
  provide "${programs[@]}"
  [[ -d $run ]] || ! is_linked || die "a node of another PORTICO_E2E_RUN runs: the link $link is there"
}

up() {
  mkdir -p "$run"/{pki,images,lib,log,box}
  chmod 700 "$run"
  (cd "$run/pki" && identities)
  cgroups mkdir
  start node "$(command -v unshare)" --net --mount --pid --uts --ipc --fork --mount-proc --propagation private --kill-child=SIGKILL \
    catatonit -- bash "$here/node/box" "$run" "$cache/bin" "$here" $node_address $services
  plug
  kubeconfig admin "https://$node_address:6443" "$run/kubeconfig"
  pause_image
  wait_for containerd node ctr version
  load "$run/images/pause.tar"
  wait_for "the node" node is_ready
}

identities() {
  authority
  certificate apiserver /CN=kube-apiserver "IP:$node_address,IP:127.0.0.1,IP:$first_service,DNS:kubernetes.default.svc,DNS:localhost"
  certificate admin /O=system:masters/CN=admin DNS:admin
  certificate apiserver-kubelet /O=system:masters/CN=apiserver-kubelet DNS:apiserver
  certificate kubelet /O=system:nodes/CN=system:node:node "IP:$node_address,DNS:node"
  certificate kube-proxy /CN=system:kube-proxy DNS:kube-proxy
  certificate kube-controller-manager /CN=system:kube-controller-manager DNS:kube-controller-manager
  certificate kube-scheduler /CN=system:kube-scheduler DNS:kube-scheduler
  local name
  for name in admin kubelet kube-proxy kube-controller-manager kube-scheduler; do
    kubeconfig "$name" https://127.0.0.1:6443 "$name.conf"
  done
}

# The link between host and node; it goes with the node, and takes its route along.
plug() {
  local node
  node=$(alive node)
  until [[ "$(readlink "/proc/$node/ns/net")" != "$(readlink /proc/self/ns/net)" ]]; do
    runs || die "the node ended at once: $(cat "$run/node.log")"
    sleep .01
  done
  ip link add $link type veth peer name eth0 netns "$node" || die "the link $link cannot be made"
  link_index >"$run/link"
  ip addr add $host_address/30 dev $link
  ip link set $link up
  ip route add 198.18.0.0/15 via $node_address || die "there is a route to 198.18.0.0/15 already, which a node needs for itself"
  inside ip addr add $node_address/30 dev eth0
  inside ip link set lo up
  inside ip link set eth0 up
  inside ip route add default via $host_address
}

inside() { nsenter --net="/proc/$(alive node)/ns/net" "$@"; } # command...

enter() { # command..., in the node's network if there is one
  if runs; then exec nsenter --net="/proc/$(alive node)/ns/net" "$@"; else exec "$@"; fi
}

ctr() { nsenter --target "$(alive node)" --mount "$(command -v ctr)" --namespace k8s.io "$@"; }

kill_container() { ctr tasks kill --signal SIGKILL "$1"; } # id

# How it was started is kept, for its return.
stop_apiserver() {
  local pid
  pid=$(apiserver) || die "the API server does not run"
  tr '\0' '\n' <"/proc/$pid/cmdline" >"$run/apiserver.command"
  kill -9 "$pid"
  until ! apiserver >/dev/null; do sleep .05; done
}

start_apiserver() {
  local command node
  ! apiserver >/dev/null || die "the API server runs already"
  mapfile -t command <"$run/apiserver.command"
  node=$(alive node)
  # Among the processes of the node, with which it ends: the one that holds them is none of them itself.
  # shellcheck disable=SC2016
  setsid nsenter --target "$node" --net --mount --uts --ipc --pid="/proc/$node/ns/pid_for_children" bash -c \
    'cd /run/pki && exec "$@" >>/var/log/kube-apiserver.log 2>&1' apiserver "${command[@]}" >/dev/null 2>&1 </dev/null &
  disown
  until curl -sf --cacert "$run/pki/ca.crt" --cert "$run/pki/admin.crt" --key "$run/pki/admin.key" \
    "https://$node_address:6443/readyz" >/dev/null; do sleep .05; done
}

apiserver() { # its number, of those in the node's network
  local pid
  for pid in $(pgrep -x kube-apiserver); do
    [[ "$(readlink "/proc/$pid/ns/net")" != "$(readlink "/proc/$(alive node)/ns/net")" ]] || { echo "$pid"; return; }
  done
  return 1
}

# The sandbox of every pod: catatonit waits and reaps.
pause_image() {
  local root=$run/images/pause
  mkdir -p "$root"
  cp "$(command -v catatonit)" "$root/pause"
  image localhost/pause:e2e "$root" '{"Entrypoint":["/pause","-P"]}' "$run/images/pause.tar"
}

image() { # tag, folder, config, archive
  local layer
  layer=$(mktemp -d)
  tar -C "$2" -cf "$layer/layer.tar" --owner=0 --group=0 .
  cat >"$layer/config.json" <<<"{\"architecture\":\"$(go_architecture)\",\"os\":\"linux\",\"config\":$3,\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:$(sha256sum <"$layer/layer.tar" | cut -d' ' -f1)\"]}}"
  cat >"$layer/manifest.json" <<<"[{\"Config\":\"config.json\",\"RepoTags\":[\"$1\"],\"Layers\":[\"layer.tar\"]}]"
  tar -C "$layer" -cf "$4" manifest.json config.json layer.tar
  rm -rf "$layer"
}

go_architecture() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) uname -m ;; esac; }

load() { ctr images import - <"$1" >/dev/null; } # archive

is_ready() {
  [[ $(kubectl get node node -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}') == True ]] && kubectl get serviceaccount default
}

keep() { cp -r "$run"/*.log "$run"/log/*.log "$run/log/pods" "$1"; } # folder

down() {
  local node
  [[ -d $run ]] || return 0
  stop owner
  if node=$(alive node); then kill -9 "$node"; fi
  # A socket whose peer went away with the node can keep the network of both, hence the link, for many minutes; mostly it goes by itself. One that
  # is not ours is another node's, as the cgroups are.
  if [[ -f $run/link && "$(link_index)" == "$(<"$run/link")" ]]; then ip link del $link 2>/dev/null || true; fi
  if ! is_linked; then
    for _ in $(seq 200); do ! cgroups rmdir 2>/dev/null || break; sleep .05; done
  fi
  rm -rf "$run"
}

is_linked() { ip link show $link >/dev/null 2>&1; }

link_index() { cat /sys/class/net/$link/ifindex 2>/dev/null; }

# One in every hierarchy, with all that the kubelet made in it.
cgroups() { # mkdir or rmdir
  local hierarchy controller
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*/; do
    [[ -w $hierarchy/cgroup.procs ]] || continue
    case $1 in
      mkdir)
        mkdir -p "$hierarchy/portico-e2e"
        # All pods together would get no more of the processors than one process beside them.
        [[ ! -w $hierarchy/portico-e2e/cpu.shares ]] || echo 8192 >"$hierarchy/portico-e2e/cpu.shares"
        [[ ! -w $hierarchy/portico-e2e/cpu.weight ]] || echo 800 >"$hierarchy/portico-e2e/cpu.weight"
        [[ -f $hierarchy/cgroup.controllers ]] || continue
        for controller in $(<"$hierarchy/cgroup.controllers"); do echo "+$controller" >"$hierarchy/cgroup.subtree_control"; done
        ;;
      rmdir) [[ ! -d $hierarchy/portico-e2e ]] || find "$hierarchy/portico-e2e" -depth -type d -exec rmdir {} + || return ;;
    esac
  done
}
