-- What administrators decided, in order: few events in one stream under the tenant's own id.
SELECT position, payload_version, effective_at, event_type, payload
FROM event_log.events
WHERE tenant_id = $1 AND stream_id = $1 AND stream_category = 'administration'
ORDER BY version
