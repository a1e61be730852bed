SELECT event_log.advance_partitions($1, $2, $3, $4, $5, $6, $7)
