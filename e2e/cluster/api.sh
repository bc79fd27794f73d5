# etcd and kube-apiserver alone, on loopback.

runs() { alive apiserver >/dev/null; }

prepare() { provide etcd kube-apiserver kubectl; }

up() {
  mkdir -p "$run/pki"; chmod 700 "$run"
  (cd "$run/pki" && authority &&
    certificate apiserver /CN=kube-apiserver IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc &&
    certificate admin /O=system:masters/CN=admin DNS:admin)
  local etcd peer api
  etcd=$(free_port); peer=$(free_port "$etcd"); api=$(free_port "$etcd" "$peer")
  start etcd "$cache/bin/etcd" --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "http://127.0.0.1:$etcd" --advertise-client-urls "http://127.0.0.1:$etcd" --listen-peer-urls "http://127.0.0.1:$peer" \
    --initial-advertise-peer-urls "http://127.0.0.1:$peer" --initial-cluster "default=http://127.0.0.1:$peer"
  wait_for etcd etcd curl -sf "http://127.0.0.1:$etcd/health"
  touch "$run/audit.log" # for who looks before anything is noted
  # Without controllers nobody makes a namespace's service account; no admission that waits for one.
  start apiserver "$cache/bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$etcd" --bind-address=127.0.0.1 --secure-port="$api" \
    --service-cluster-ip-range=10.96.0.0/16 --client-ca-file="$run/pki/ca.crt" --authorization-mode=RBAC --disable-admission-plugins=ServiceAccount \
    --tls-cert-file="$run/pki/apiserver.crt" --tls-private-key-file="$run/pki/apiserver.key" --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$run/pki/sa.pub" --service-account-signing-key-file="$run/pki/sa.key" --endpoint-reconciler-type=none \
    --audit-policy-file="$here/audit.yaml" --audit-log-path="$run/audit.log"
  wait_for kube-apiserver apiserver curl -sf --cacert "$run/pki/ca.crt" --cert "$run/pki/admin.crt" --key "$run/pki/admin.key" "https://127.0.0.1:$api/readyz"
  kubeconfig admin "https://127.0.0.1:$api" "$run/kubeconfig"
}

free_port() { # ports that are spoken for; etcd and the API server cannot bind 0 and say what they got
  local port
  for _ in $(seq 100); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && [[ " $* " != *" $port "* ]]; then echo "$port"; return; fi
  done
  die "no free port between 20000 and 32000"
}

down() {
  local name
  for name in owner apiserver etcd; do stop "$name"; done
  rm -rf "$run"
}

load() { die "an API server alone has no images"; }

inside() { die "an API server alone has no node"; }

enter() { exec "$@"; } # command...

kill_container() { inside; }

stop_apiserver() { die "an API server alone is stopped by 'down --api'"; }

start_apiserver() { die "an API server alone is started by 'up --api'"; }

keep() { cp "$run"/*.log "$1"; } # folder
