SELECT event_log.subjects_under_key($1, $2, $3, $4)
