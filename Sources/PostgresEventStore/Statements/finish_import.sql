SELECT event_log.finish_import($1, $2)
