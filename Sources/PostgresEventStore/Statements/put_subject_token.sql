SELECT event_log.put_subject_token($1, $2, $3)
