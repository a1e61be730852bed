# shellcheck shell=bash
# The service in a state directory: its files, its environment, start and stop. Sourced after lib.sh.
#
#   state/keys/{master.key,calendar.key,jwt-private.pem,jwks.json}   made once by `ferrovia dev init`
#   state/{token,database-url,sites.json}               state/logs/{ferroviad,build}.log

TENANT=demo-clinic
BINARIES='' SERVICE_PID=''

build_binaries() { # CONFIGURATION [LOG] → sets BINARIES
  local product log=${2:-$ROOT/.build/programs.log}
  mkdir -p "${log%/*}"
  : >"$log"
  for product in ferroviad ferrovia; do
    say "Building $product ($1); the first time takes minutes."
    (cd "$ROOT" && swift_build -c "$1" --product "$product" 2>&1) | tee -a "$log" | last_line ||
      { cat "$log" >&2 && fail "$EXIT_BUILD" "swift build of $product failed; see above or $log"; }
  done
  BINARIES=$(cd "$ROOT" && swift_build -c "$1" --show-bin-path)
}

# Keeps the newest line of its input on the terminal's last line; shows nothing where there is none.
last_line() {
  local line
  while IFS= read -r line; do
    [[ ! -t 2 ]] || printf '\r\e[K%.*s' "$(($(tput cols 2>/dev/null || echo 80) - 1))" "$line" >&2
  done
  [[ ! -t 2 ]] || printf '\r\e[K' >&2
}

state_directory() { # DIRECTORY: private to its owner, whoever else can log in here
  (umask 077 && mkdir -p "$1" 2>/dev/null) || true
  [[ -w $1 && $(stat -c %u "$1") == "$EUID" ]] ||
    fail "$EXIT_USAGE" "$1 belongs to user '$(stat -c %U "$1")'; run this as that user, or move it away"
  # Under root the group of PostgreSQL's user keeps its right to pass; see cluster_home.
  if ((EUID == 0)); then chmod g-rw,o-rwx "$1"; else chmod go-rwx "$1"; fi
  mkdir -p "$1/keys" "$1/logs"
  chmod 0700 "$1/keys" "$1/logs"
}

# Every setting of the development service; docs/configuration.md explains each.
service_environment() { # STATE DATABASE_URL PORT
  export FERROVIA_DATABASE_URL=$2 FERROVIA_HTTP_HOST=127.0.0.1 FERROVIA_HTTP_PORT=$3
  export FERROVIA_JWKS_FILE=$1/keys/jwks.json FERROVIA_MASTER_KEY_FILE=$1/keys/master.key
  export FERROVIA_JWT_ISSUER=ferrovia-development FERROVIA_JWT_AUDIENCE=ferrovia
  export FERROVIA_SITES_FILE=$1/sites.json FERROVIA_CALENDAR_KEY_FILE=$1/keys/calendar.key
}

# Migrates, makes keys, tenant and token. Safe to repeat: what exists stays.
service_setup() { # STATE ADMINISTRATOR_URL LOGIN_ROLE
  local state=$1 administrator=$2 ferrovia=$BINARIES/ferrovia
  umask 077
  [[ -e $state/sites.json ]] || cp "$ROOT/deploy/config/sites.example.json" "$state/sites.json"
  "$ferrovia" dev init --state-dir "$state" >&2 || fail "$EXIT_SETUP" "'ferrovia dev init' failed"
  FERROVIA_DATABASE_URL=$administrator "$ferrovia" migrate --database-url "$administrator" --login-role "$3" >&2 ||
    fail "$EXIT_SETUP" "'ferrovia migrate' failed"
  FERROVIA_DATABASE_URL=$administrator "$ferrovia" tenant list --json | grep -q "\"$TENANT\"" ||
    FERROVIA_DATABASE_URL=$administrator "$ferrovia" tenant create "$TENANT" >&2 ||
    fail "$EXIT_SETUP" "'ferrovia tenant create' failed"
  "$ferrovia" dev token --state-dir "$state" --tenant "$TENANT" >"$state/token.new" ||
    fail "$EXIT_SETUP" "'ferrovia dev token' failed"
  mv "$state/token.new" "$state/token"
}

service_start() { # STATE: returns when it is ready to serve
  local log=$1/logs/ferroviad.log attempt
  "$BINARIES/ferroviad" >>"$log" 2>&1 9>&- </dev/null &
  SERVICE_PID=$!
  for ((attempt = 0; attempt < 300; attempt++)); do
    if curl --silent --fail --output /dev/null "http://127.0.0.1:$FERROVIA_HTTP_PORT/readyz"; then
      return 0
    fi
    kill -0 "$SERVICE_PID" 2>/dev/null ||
      fail "$EXIT_SERVICE" "ferroviad ended during start; last line of $log: $(tail -n 1 "$log")"
    sleep 0.2
  done
  fail "$EXIT_SERVICE" "ferroviad is not ready after 60 s; see $log"
}

# SIGTERM lets it finish what it accepted; after 30 s it is killed, which loses nothing acknowledged.
service_stop() {
  local attempt
  [[ -n $SERVICE_PID ]] || return 0
  kill -TERM "$SERVICE_PID" 2>/dev/null || true
  for ((attempt = 0; attempt < 300; attempt++)); do
    kill -0 "$SERVICE_PID" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$SERVICE_PID" 2>/dev/null || true
  wait "$SERVICE_PID" 2>/dev/null || true
  SERVICE_PID=''
}
