SELECT event_log.create_tenant($1, $2)
