SELECT event_log.replace_subject_key($1, $2, $3, $4, $5, $6)
