SELECT position, stream_id, version, command_id, correlation_id, recorded_at, effective_at, causation,
  log_epoch, payload_version, stream_category, event_type, actor, rule_set, payload
FROM event_log.events
WHERE tenant_id = $1 AND stream_id = $2 AND version > $4 AND stream_category = $3
ORDER BY version
LIMIT $5
