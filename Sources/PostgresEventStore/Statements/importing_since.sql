SELECT event_log.importing_since($1)
