SELECT c.partition, c.fencing_token, c.position, c.log_epoch
FROM event_log.renew_partitions($1, $2, $3, $4, $5) AS c
