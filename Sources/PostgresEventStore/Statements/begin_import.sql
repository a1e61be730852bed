SELECT event_log.begin_import($1, $2, $3)
