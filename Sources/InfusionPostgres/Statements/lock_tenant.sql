SELECT event_log.lock_tenant($1)
