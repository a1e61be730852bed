SELECT subject_id, created_at, erased_at, lost_at, wrapping_key_id, wrapped_key, tokens
FROM event_log.subjects_of_log($1, $2, $3)
