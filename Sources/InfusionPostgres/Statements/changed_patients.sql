SELECT DISTINCT stream_id
FROM event_log.events
WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND stream_category = 'patient'
ORDER BY stream_id
