SELECT state, wrapped_key, wrapping_key_id, erased_at FROM event_log.put_subject_key($1, $2, $3, $4)
