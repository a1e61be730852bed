SELECT state, wrapped_key, wrapping_key_id, erased_at FROM event_log.get_subject_key($1, $2)
