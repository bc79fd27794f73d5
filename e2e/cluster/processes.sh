# Processes that outlive the command that starts them, and how they end.

start() { # name, command...
  local name=$1; shift
  setsid "$@" >"$run/$name.log" 2>&1 </dev/null &
  echo "$! $(readlink -f "$1")" >"$run/$name.pid"
  until alive "$name" >/dev/null || ! kill -0 $! 2>/dev/null; do sleep .01; done
  disown
}

# Only a process that still runs the program which was started: pids are used again.
alive() { # name
  local pid program
  [[ -f $run/$1.pid ]] && read -r pid program <"$run/$1.pid" && [[ "$(readlink "/proc/$pid/exe" 2>/dev/null)" == "$program"* ]] && echo "$pid"
}

stop() { # name
  local pid
  pid=$(alive "$1") || return 0
  [[ $pid != "$$" ]] || return 0
  kill -- "-$pid" 2>/dev/null || true
  for _ in $(seq 50); do alive "$1" >/dev/null || return 0; sleep .1; done
  kill -9 -- "-$pid" 2>/dev/null || true
}

# Ends the cluster when a process ends, however that ends: a node must not outlive the run that made it.
end_with() { # pid
  local down=(env PORTICO_E2E_RUN="$run" "$here/run" down)
  [[ $sort != api ]] || down+=(--api)
  stop owner
  start owner "$BASH" -c 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; shift; exec "$@"' owner "$1" "${down[@]}"
}

wait_for() { # what, name of the process that brings it, command...
  local what=$1 name=$2; shift 2
  for _ in $(seq 600); do
    if "$@" >/dev/null 2>&1; then return; fi
    alive "$name" >/dev/null || { tail -20 "$run/$name.log" >&2; die "$name ended before $what was ready"; }
    sleep .1
  done
  tail -20 "$run/$name.log" >&2
  die "$what was not ready after 60 s"
}
