-- Some events by their positions: those that administrators had a projection leave out.
SELECT position, payload_version, effective_at, event_type, payload
FROM event_log.events
WHERE tenant_id = $1 AND position = ANY ($2)
ORDER BY position
