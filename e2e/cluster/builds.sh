# Other builds of Portico, beside the tree's own: a commit's, or its with a patch. Each is built once, and again when either
# changes. Its images are of localhost/NAME; its chart is in the folder.

build_of() { # name, revision, patch if any; prints the folder
  local tree=$cache/builds/$1 commit patch of
  commit=$(git -C "$here" rev-parse --verify --quiet "$2^{commit}") || die "'$2' is no commit here: expected one of a checkout of git"
  patch=$(realpath "${3:-/dev/null}")
  [[ -r $patch ]] || die "there is no $3"
  of=$(cat - "$patch" <<<"$commit" | sha256sum)
  if [[ "$(cat "$tree/built" 2>/dev/null)" != "$of" ]]; then
    command -v mvn >/dev/null || die "mvn is not on PATH"
    say "building $1 once, some minutes"
    rm -rf "$tree"
    check_out "$commit" "$patch" "$tree"
    (cd "$tree" && mvn -B -ntp -q -Pimages -pl deploy/images/operator,deploy/images/proxy -am package \
      -Dmaven.test.skip -Dformat=skip -Dimage.prefix="localhost/$1/") >&2
    echo "$of" >"$tree/built"
  fi
  echo "$tree"
}

# By an index of its own, so that the checkout here learns nothing of it.
check_out() ( # commit, patch, folder
  mkdir -p "$3"
  export GIT_INDEX_FILE=$3/index
  cd "$here/../.."
  git read-tree "$1"
  git apply --cached --allow-empty "$2"
  git checkout-index --all --prefix="$3/"
)
