-- Who has the report's checkpoint, where it stands, and how long it has stood there.
SELECT c.owner_name, c.position,
  extract(epoch FROM pg_catalog.clock_timestamp() - c.updated_at)::bigint
FROM event_log.checkpoints c
WHERE c.tenant_id = $1 AND c.projection = 'dose_report'
