-- A checkpoint beyond the head means that the log was cut short under its readers.
SELECT c.tenant_id, c.projection, c.position
FROM event_log.checkpoints c
WHERE c.position > coalesce(
  (SELECT max(e.position) FROM event_log.events e WHERE e.tenant_id = c.tenant_id), 0);
