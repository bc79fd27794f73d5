# The programs of Kubernetes, Helm and Vegeta, built from their Go modules into the cache: once, and again when their go.mod changes.

kubectl=$cache/bin/kubectl

provide() { # programs...
  mkdir -p "$cache/bin"
  (flock 9; build "$@") 9>"$cache/bin/lock"
}

build() { # programs...
  local program stale=()
  for program in "$@"; do
    [[ -x $cache/bin/$program && "$(cat "$cache/bin/$program.built" 2>/dev/null)" == "$(stamp "$program")" ]] || stale+=("$program")
  done
  ((${#stale[@]})) || return 0
  command -v go >/dev/null || die "go is not on PATH: install Go 1.26 to build ${stale[*]}, or set KUBECONFIG to any cluster"
  say "building ${stale[*]} once, some minutes"
  for program in "${stale[@]}"; do
    go_build "$program"
    stamp "$program" >"$cache/bin/$program.built"
  done
}

go_build() { # program
  (cd "$(module "$1")" && CGO_ENABLED=0 go build -mod=readonly -trimpath -ldflags "$(flags "$1")" -o "$cache/bin/$1" "$(package "$1")")
}

stamp() { # program
  cat "$(module "$1")/go.mod" "$(module "$1")/go.sum" - <<<"$(flags "$1")" | sha256sum
}

module() { # program
  case $1 in
    helm | vegeta) echo "$here/$1" ;;
    *) echo "$here/kube" ;;
  esac
}

package() { # program
  case $1 in
    helm) echo helm.sh/helm/v3/cmd/helm ;;
    vegeta) echo github.com/tsenart/vegeta/v12 ;;
    etcd) echo go.etcd.io/etcd/server/v3 ;;
    *) echo "k8s.io/kubernetes/cmd/$1" ;;
  esac
}

# What a program says of its own version; of Helm also the version of Kubernetes that it renders for where there is none.
flags() { # program
  local version minor
  case $1 in
    helm)
      version=$(required helm k8s.io/client-go)
      minor=$(cut -d. -f2 <<<"$version")
      echo "-s -w -X helm.sh/helm/v3/internal/version.version=$(required helm helm.sh/helm/v3)" \
        "-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=$minor -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=$minor"
      ;;
    vegeta) echo "-s -w" ;;
    *)
      version=$(required kube-apiserver k8s.io/kubernetes)
      echo "-s -w -X k8s.io/component-base/version.gitVersion=$version -X k8s.io/client-go/pkg/version.gitVersion=$version" \
        "-X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=$(cut -d. -f2 <<<"$version")"
      ;;
  esac
}

required() { # program, module: the version of it that the program is built with
  sed -n "s|^\(require \)\{0,1\}[[:space:]]*$2 \(v[^ ]*\).*|\2|p" "$(module "$1")/go.mod"
}
