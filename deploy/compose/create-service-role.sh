#!/usr/bin/env bash
# Runs once, inside the PostgreSQL container, after it made its database: the service's login.
set -euo pipefail
psql -X -q -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/service-password)" \
  -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE ferrovia_service LOGIN PASSWORD :'password';
SQL
