SELECT wrapping_key_id, subject_id FROM event_log.wrapping_keys($1)
