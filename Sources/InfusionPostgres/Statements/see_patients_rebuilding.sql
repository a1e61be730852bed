-- For the rest of this transaction: whose rows there are, and for how long it may be silent.
SELECT
  event_log.see_tenant($1),
  pg_catalog.set_config('idle_in_transaction_session_timeout', $2, true)
