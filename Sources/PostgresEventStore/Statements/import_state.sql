SELECT
  coalesce((SELECT position FROM event_log.events WHERE tenant_id = $1 ORDER BY position DESC LIMIT 1), 0),
  event_log.importing_since($1), pg_catalog.clock_timestamp()
