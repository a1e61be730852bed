-- How far an import has come, and what its session calls itself, if it has one.
SELECT
  event_log.importing_since($1),
  coalesce((SELECT position FROM event_log.events WHERE tenant_id = $1 ORDER BY position DESC LIMIT 1), 0),
  (SELECT application_name FROM pg_catalog.pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, $2)
    ORDER BY backend_start DESC LIMIT 1)
