-- Accepted commands by their ids, and those without events that followed some positions.
SELECT command_id, fingerprint, stream_category, stream_id, first_position, last_position, version, head,
  answer, recorded_at
FROM event_log.commands WHERE tenant_id = $1 AND command_id = ANY ($2)
UNION ALL
SELECT command_id, fingerprint, stream_category, stream_id, first_position, last_position, version, head,
  answer, recorded_at
FROM event_log.commands
WHERE tenant_id = $1 AND first_position IS NULL AND head >= $3 AND head <= $4
ORDER BY 8, 5 NULLS LAST, 10, 1
