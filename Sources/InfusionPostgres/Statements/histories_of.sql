SELECT stream_id, version, position, payload_version, effective_at, event_type, payload, recorded_at
FROM event_log.events
WHERE tenant_id = $1 AND stream_id = ANY ($2) AND position <= $3 AND version > $4
  AND stream_category = 'patient'
ORDER BY stream_id, version
LIMIT $5
