SELECT fingerprint, stream_category, stream_id, first_position, last_position, version, head,
  answer, recorded_at
FROM event_log.commands
WHERE tenant_id = $1 AND command_id = $2
