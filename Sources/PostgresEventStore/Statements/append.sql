SELECT ordinal, outcome::text, version, head, first_position, last_position, recorded_at, reason,
  stream_category, stream_id, fingerprint, answer
FROM event_log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
  $17, $18, $19, $20, $21, $22)
