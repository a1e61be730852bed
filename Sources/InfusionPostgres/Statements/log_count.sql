SELECT count(*) FROM event_log.events WHERE tenant_id = $1 AND position <= $2
