-- Rule 1: versions are dense from 1 in every stream.
SELECT tenant_id, stream_id, count(*) AS events, min(version) AS first, max(version) AS last
FROM event_log.events
GROUP BY tenant_id, stream_id
HAVING max(version) <> count(*) OR min(version) <> 1;
