# shellcheck shell=bash
# What the scripts share: one line per error, packages, and a private PostgreSQL. Sourced, not run.
#
# A private cluster lives in one directory ("home") and belongs to nobody else:
#   home/data    the cluster      home/socket  its Unix socket, 0700; there is no TCP port
# Inside home, `trust` is safe: only the owner of the directory can reach the socket.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export ROOT

# Distinct, so that a caller can tell what is wrong without reading. `scripts/run --help` lists them.
export EXIT_USAGE=64 EXIT_PACKAGES=10 EXIT_NO_SWIFT=11 EXIT_OLD_SWIFT=12 EXIT_PORT=13 EXIT_DISK=14
export EXIT_POSTGRES=15 EXIT_BUILD=16 EXIT_SETUP=17 EXIT_SERVICE=18 EXIT_BUSY=19

# The limit of sockaddr_un.sun_path is 108 bytes with its NUL; `/.s.PGSQL.5432.lock` takes 19.
SOCKET_DIR_LENGTH_MAX=88

say() { printf '%s\n' "$*" >&2; }
fail() { # EXIT_CODE MESSAGE…
  local code=$1
  shift
  say "error: $*"
  exit "$code"
}

# --- What the machine must have -------------------------------------------------------------------

require_swift() {
  command -v swift >/dev/null ||
    fail "$EXIT_NO_SWIFT" "no Swift toolchain on PATH; install Swift 6.2 or newer from https://www.swift.org/install"
  local version
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  [[ $(printf '%s\n' 6.2 "${version:-0}" | sort -V | head -n 1) == 6.2 ]] ||
    fail "$EXIT_OLD_SWIFT" "Swift ${version:-of unknown version} is too old; 6.2 or newer is needed"
}

# SwiftPM hands the traits of a dependency to the compiler in the order of a hash, which is seeded anew
# each time it plans: whenever PATH has changed. By chance it would then build Hummingbird, and what
# rests on it, again.
swift_build() { # ARGUMENT…
  SWIFT_DETERMINISTIC_HASHING=1 swift build "$@"
}

require_disk() { # DIRECTORY MEBIBYTES
  local free
  free=$(df --output=avail -m "$1" | tail -n 1 | tr -d ' ')
  ((free >= $2)) || fail "$EXIT_DISK" "only $free MiB free in $1; at least $2 MiB are needed"
}

port_is_busy() { # PORT
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

missing_packages() {
  if ! command -v pg_config >/dev/null || [[ ! -e $(pg_config --includedir)/libpq-fe.h ]]; then
    echo libpq-dev
  fi
  postgres_bin >/dev/null || echo postgresql
  command -v curl >/dev/null || echo curl
  command -v gzip >/dev/null || echo gzip
  command -v openssl >/dev/null || echo openssl
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# Installs what is missing where that needs no question, otherwise says exactly what to type.
require_packages() {
  local packages as_root=()
  packages=$(missing_packages | tr '\n' ' ')
  [[ -n $packages ]] || return 0
  if ((EUID != 0)); then
    as_root=(sudo -n)
    sudo -n true 2>/dev/null ||
      fail "$EXIT_PACKAGES" "missing packages; run: sudo apt-get update && sudo apt-get install -y $packages"
  fi
  command -v apt-get >/dev/null ||
    fail "$EXIT_PACKAGES" "missing, and this is not Debian or Ubuntu; install the equivalents of: $packages"
  say "Installing: $packages"
  # Without this, Debian's package would also start a system-wide cluster that nobody asked for.
  local no_cluster=/etc/postgresql-common/createcluster.d/ferrovia.conf result=0
  "${as_root[@]}" mkdir -p "${no_cluster%/*}"
  echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_cluster" >/dev/null
  # shellcheck disable=SC2086 # a list of words
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $packages; } </dev/null >&2 || result=$?
  "${as_root[@]}" rm -f "$no_cluster"
  ((result == 0)) || fail "$EXIT_PACKAGES" "apt-get could not install: $packages"
  [[ -z $(missing_packages) ]] || fail "$EXIT_PACKAGES" "still missing: $(missing_packages | tr '\n' ' ')"
}

# The directory of PostgreSQL's server programs, of MAJOR if given, else the newest; 15 at least.
postgres_bin() { # [MAJOR]
  local directory major
  for directory in $(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -rV) \
    "$(pg_config --bindir 2>/dev/null || true)"; do
    [[ -x $directory/initdb && -x $directory/pg_ctl ]] || continue
    major=$("$directory/postgres" --version | sed -nE 's/.* ([0-9]+)[.a-z].*/\1/p')
    ((${major:-0} >= 15)) || continue
    [[ -z ${1:-} || $1 == "$major" ]] || continue
    echo "$directory"
    return 0
  done
  return 1
}

# --- The private cluster --------------------------------------------------------------------------

# PostgreSQL refuses to run as root, so root lends it to `postgres` (made by Debian's package).
cluster_user() {
  if ((EUID != 0)); then
    id -un
  elif id postgres >/dev/null 2>&1; then
    echo postgres
  else
    id ferrovia >/dev/null 2>&1 ||
      useradd --system --user-group --no-create-home --shell /usr/sbin/nologin ferrovia
    echo ferrovia
  fi
}

as_cluster_user() { # COMMAND…
  if ((EUID != 0)); then
    "$@"
  else
    (cd / && runuser -u "$(cluster_user)" -- "$@")
  fi
}

# Makes a directory that the cluster's user owns and can reach, and prints where: PREFERRED, or, when
# a parent shuts that user out (root's clone under /root, say), a place under /var/lib/ferrovia.
cluster_home() { # PREFERRED
  local home=$1 user
  user=$(cluster_user)
  mkdir -p "$home"
  if ((EUID == 0)); then
    # The group may pass through the directory that holds home, not read it.
    as_cluster_user test -x "${home%/*}" ||
      { chgrp "$(id -gn "$user")" "${home%/*}" && chmod 0710 "${home%/*}"; }
    if ! as_cluster_user test -x "${home%/*}"; then
      rmdir "$home"
      home=/var/lib/ferrovia/$(printf '%s' "$1" | sha256sum | cut -c 1-12)
      [[ -d $home ]] || say "PostgreSQL runs as '$user', who cannot reach $1; its data is in $home"
      mkdir -p "$home" && chmod 0755 "${home%/*}"
    fi
    chown "$user:" "$home"
  fi
  chmod 0700 "$home"
  echo "$home"
}

cluster_socket() { # HOME → where the running or coming server's socket is
  if ((${#1} + 7 <= SOCKET_DIR_LENGTH_MAX)); then
    echo "$1/socket"
  else
    cat "$1/socket-directory"
  fi
}

cluster_url() { # HOME ROLE DATABASE
  printf 'postgresql://%s@/%s?host=%s\n' "$2" "$3" "$(percent_encoded "$(cluster_socket "$1")")"
}

percent_encoded() { # TEXT; slashes may stay
  local LC_ALL=C text=$1 character i
  for ((i = 0; i < ${#text}; i++)); do
    character=${text:i:1}
    case $character in
      [a-zA-Z0-9/._~-]) printf '%s' "$character" ;;
      *) printf '%%%02X' "'$character" ;;
    esac
  done
}

cluster_start() { # HOME [SETTING…], each as name=value, on top of the durable defaults
  local home=$1 bin socket
  shift
  if [[ -e $home/data/PG_VERSION ]]; then
    bin=$(postgres_bin "$(cat "$home/data/PG_VERSION")") ||
      fail "$EXIT_POSTGRES" "$home/data needs PostgreSQL $(cat "$home/data/PG_VERSION"), which is not installed"
  else
    bin=$(postgres_bin) || fail "$EXIT_POSTGRES" "no PostgreSQL 15 or newer found"
    cluster_init "$home" "$bin"
  fi
  if cluster_is_running "$home"; then
    return 0
  fi
  cluster_make_socket_directory "$home"
  socket=$(cluster_socket "$home")
  # What a killed server leaves; its number in them counts as alive until somebody has reaped it.
  as_cluster_user rm -f "$home/data/postmaster.pid" "$socket/.s.PGSQL.5432.lock"
  cluster_settings "$socket" "$@" | as_cluster_user tee "$home/data/ferrovia.conf" >/dev/null
  # After a crash the old server's children hold the shared memory a moment longer: try again.
  local attempt
  for attempt in 1 2 3 4 5; do
    as_cluster_user "$bin/pg_ctl" start --silent --wait --timeout 120 \
      --pgdata "$home/data" --log "$home/postgres.log" </dev/null >/dev/null 2>&1 && return 0
    sleep "$attempt"
  done
  fail "$EXIT_POSTGRES" "PostgreSQL did not start: $(as_cluster_user tail -n 1 "$home/postgres.log")"
}

# Made beside its final name and moved, so that an interrupted initdb leaves nothing half made.
cluster_init() { # HOME BIN
  local new=$1/data.new
  as_cluster_user rm -rf "$new"
  as_cluster_user "$2/initdb" --pgdata "$new" --username ferrovia_admin --encoding UTF8 \
    --locale C.UTF-8 --data-checksums --auth-local trust --auth-host reject --no-instructions \
    </dev/null >/dev/null || fail "$EXIT_POSTGRES" "initdb failed in $new"
  echo "include 'ferrovia.conf'" | as_cluster_user tee -a "$new/postgresql.conf" >/dev/null
  as_cluster_user mv "$new" "$1/data"
}

cluster_settings() { # SOCKET_DIRECTORY [SETTING…]
  local setting
  echo "# Written at every start by scripts/lib.sh; changes here do not last."
  for setting in "unix_socket_directories=${1//\'/\'\'}" unix_socket_permissions=0700 listen_addresses= \
    port=5432 fsync=on synchronous_commit=on full_page_writes=on timezone=UTC log_timezone=UTC \
    max_connections=100 shared_buffers=256MB max_wal_size=2GB log_min_duration_statement=-1 "${@:2}"; do
    printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}"
  done
}

# A path too long for a socket gets a short directory of its own under /tmp, remembered in HOME.
cluster_make_socket_directory() { # HOME
  if ((${#1} + 7 <= SOCKET_DIR_LENGTH_MAX)); then
    as_cluster_user mkdir -p -m 0700 "$1/socket"
  else
    as_cluster_user mktemp -d /tmp/ferrovia.XXXXXXXX | as_cluster_user tee "$1/socket-directory" >/dev/null
  fi
}

# Asks the process table, not the pid file: after a crash its number may belong to anybody.
cluster_pid() { # HOME
  local pid
  pid=$(as_cluster_user head -n 1 "$1/data/postmaster.pid" 2>/dev/null) || return 1
  [[ $(as_cluster_user readlink "/proc/$pid/cwd") == $(as_cluster_user readlink -f "$1/data") ]] || return 1
  echo "$pid"
}

cluster_is_running() { cluster_pid "$1" >/dev/null; } # HOME

cluster_stop() { # HOME [fast|immediate]
  local bin socket
  cluster_is_running "$1" || return 0
  bin=$(postgres_bin "$(as_cluster_user cat "$1/data/PG_VERSION")")
  as_cluster_user "$bin/pg_ctl" stop --silent --wait --timeout 120 --mode "${2:-fast}" \
    --pgdata "$1/data" </dev/null >/dev/null || return 1
  socket=$(cluster_socket "$1")
  [[ $socket != /tmp/ferrovia.* ]] || as_cluster_user rmdir "$socket" 2>/dev/null || true
}

# The role that the service logs in as and its database; both stay what they are if they exist.
cluster_make_database() { # HOME
  local psql=(psql -XqAt -v ON_ERROR_STOP=1 -d "$(cluster_url "$1" ferrovia_admin postgres)")
  "${psql[@]}" >/dev/null <<'SQL'
SELECT 'CREATE ROLE ferrovia_service LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ferrovia_service') \gexec
SELECT 'CREATE DATABASE ferrovia'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ferrovia') \gexec
SQL
}

# --- Counting -------------------------------------------------------------------------------------

# Every part of scripts/test ends with `N passed, N failed[, N skipped]`; these keep the count.
PASSED=0 FAILED=0 SKIPPED=0
passed() { PASSED=$((PASSED + 1)) && say "  ok    $*"; }
failed() { FAILED=$((FAILED + 1)) && say "  FAIL  $*"; }
skipped() { SKIPPED=$((SKIPPED + 1)) && say "  skip  $*"; }

check() { # NAME COMMAND…: its output is shown only when it fails
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed "$name"
  else
    failed "$name"
    say "        ${output//$'\n'/$'\n'        }"
  fi
}

report() { # PART
  echo "$1: $PASSED passed, $FAILED failed, $SKIPPED skipped"
  ((FAILED == 0))
}

# A Python environment with REQUIREMENTS_FILE, kept under .build and made again when the file changes.
python_environment() { # REQUIREMENTS_FILE → directory
  local stamp directory
  stamp=$(sha256sum "$1" | cut -c 1-12)
  directory=$ROOT/.build/venv-$stamp
  if [[ ! -e $directory/complete ]]; then
    rm -rf "$directory"
    python3 -m venv "$directory" >&2 &&
      "$directory/bin/pip" install --quiet --requirement "$1" >&2 || return 1
    touch "$directory/complete"
  fi
  echo "$directory"
}
