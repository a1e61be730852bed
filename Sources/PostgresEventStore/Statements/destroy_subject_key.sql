SELECT event_log.destroy_subject_key($1, $2)
