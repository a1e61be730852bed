SELECT c.fencing_token, c.position
FROM event_log.acquire_checkpoint($1, 'dose_report', $2) AS c
