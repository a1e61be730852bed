SELECT event_log.position_at($1, $2)
