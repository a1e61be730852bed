-- The tenant's lock, for no longer than somebody works behind it: whoever is silent in between, because
-- the process is stopped or its host has vanished, loses the transaction. What is read behind the lock is
-- read in later statements.
SELECT
  pg_catalog.set_config('idle_in_transaction_session_timeout', $2, true),
  pg_catalog.set_config('lock_timeout', $3, true),
  event_log.lock_tenant($1),
  pg_catalog.set_config('statement_timeout', $4, true)
