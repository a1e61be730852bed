-- For the rest of this transaction: whose rows there are, and how long to wait.
SELECT
  pg_catalog.set_config('ferrovia.tenant_id', $1, true),
  pg_catalog.set_config('lock_timeout', $2, true),
  pg_catalog.set_config('statement_timeout', $3, true)
