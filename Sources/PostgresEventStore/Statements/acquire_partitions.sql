SELECT c.partition, c.fencing_token, c.position, c.log_epoch
FROM event_log.acquire_partitions($1, $2, $3, $4, $5, $6) AS c
