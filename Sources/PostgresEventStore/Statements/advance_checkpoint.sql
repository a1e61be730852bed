SELECT event_log.advance_checkpoint($1, $2, $3, $4, $5)
