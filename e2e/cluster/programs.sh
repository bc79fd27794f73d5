# The programs of Kubernetes, built from their Go modules into the cache: once, and again when kube/go.mod changes.

kubectl=$cache/bin/kubectl

provide() { # programs...
  mkdir -p "$cache/bin"
  (flock 9; build "$@") 9>"$cache/bin/lock"
}

build() { # programs...
  local version flags stamp program stale=()
  version=$(sed -n 's/^require k8s.io\/kubernetes \(v[0-9.]*\).*/\1/p' "$here/kube/go.mod")
  flags="-s -w -X k8s.io/component-base/version.gitVersion=$version -X k8s.io/client-go/pkg/version.gitVersion=$version"
  flags+=" -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"$version")"
  stamp=$(cat "$here/kube/go.mod" "$here/kube/go.sum" - <<<"$flags" | sha256sum)
  for program in "$@"; do
    [[ -x $cache/bin/$program && "$(cat "$cache/bin/$program.built" 2>/dev/null)" == "$stamp" ]] || stale+=("$program")
  done
  ((${#stale[@]})) || return 0
  command -v go >/dev/null || die "go is not on PATH: install Go 1.26 to build ${stale[*]}, or set KUBECONFIG to any cluster"
  say "building ${stale[*]} $version once, some minutes"
  for program in "${stale[@]}"; do
    go_build "$program" "$flags"
    echo "$stamp" >"$cache/bin/$program.built"
  done
}

go_build() { # program, flags of the linker
  local package=k8s.io/kubernetes/cmd/$1
  [[ $1 != etcd ]] || package=go.etcd.io/etcd/server/v3
  (cd "$here/kube" && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags "$2" -o "$cache/bin/$1" "$package")
}
