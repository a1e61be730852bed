-- Events up to a position in the order of their patients: one patient after the other, each complete.
SELECT stream_id, version, position, payload_version, effective_at, event_type, payload, recorded_at
FROM event_log.events
WHERE tenant_id = $1 AND (stream_id, version) > ($2, $3) AND stream_category = 'patient'
  AND position <= $5
ORDER BY stream_id, version
LIMIT $4
