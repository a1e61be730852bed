SELECT fencing_token, position, log_epoch FROM event_log.acquire_checkpoint($1, $2, $3)
