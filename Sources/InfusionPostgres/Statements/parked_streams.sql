SELECT stream_id, position, class, message, parked_at
FROM infusion.parked_streams
WHERE tenant_id = $1 AND projection = $2
ORDER BY stream_id
