-- Patients with events in a range of positions, each with how many there are by its end.
SELECT stream_id, max(version)
FROM event_log.events
WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND stream_category = 'patient'
GROUP BY stream_id
ORDER BY stream_id
