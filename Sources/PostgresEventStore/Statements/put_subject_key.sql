SELECT state, wrapped_key, wrapping_key_id, erased_at, lost_at IS NOT NULL
FROM event_log.put_subject_key($1, $2, $3, $4)
