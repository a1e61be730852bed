#!/usr/bin/env bash
# schemathesis against a running service: no 5xx, and no answer outside the document.
#
#   Tests/http/fuzz.sh BASE_URL TOKEN [examples per operation, 30 by default]
#
# `schemathesis` must be on the PATH (Tests/http/requirements.txt). The seed is fixed, so a failure can be
# seen again; FERROVIA_FUZZ_SEED chooses another.
set -euo pipefail

if (($# < 2)); then
  echo "usage: fuzz.sh BASE_URL TOKEN [EXAMPLES]" >&2
  exit 64
fi
base=${1%/} token=$2 examples=${3:-30}
command -v schemathesis >/dev/null || {
  echo "fuzz.sh: schemathesis is not installed; see Tests/http/requirements.txt" >&2
  exit 69
}

# Commands are sent with keys that schemathesis makes up; a bounded number of them. One worker: two
# threads that compile Python at the same time can make CPython 3.11 fail (a SystemError in ast.parse).
exec schemathesis run "$base/openapi.json" \
  --url "$base" \
  --header "Authorization: Bearer $token" \
  --checks not_a_server_error,response_schema_conformance,status_code_conformance,content_type_conformance,response_headers_conformance \
  --max-examples "$examples" \
  --seed "${FERROVIA_FUZZ_SEED:-20260302}" \
  --workers 1 \
  --max-response-time 20 \
  --request-timeout 30 \
  --exclude-path /metrics \
  --no-color
