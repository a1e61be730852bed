SELECT position FROM event_log.events WHERE tenant_id = $1 ORDER BY position DESC LIMIT 1
