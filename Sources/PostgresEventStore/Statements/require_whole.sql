SELECT event_log.require_whole($1, $2, $3)
