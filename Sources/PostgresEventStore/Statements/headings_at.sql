-- What some events are, without their payloads.
SELECT position, event_type, effective_at, recorded_at
FROM event_log.events
WHERE tenant_id = $1 AND position = ANY ($2)
ORDER BY position
