SELECT partition, position
FROM event_log.checkpoints
WHERE tenant_id = $1 AND projection = 'dose_report'
