-- The live state of every patient is that of the stream's last event.
SELECT coalesce(s.tenant_id, e.tenant_id) AS tenant_id,
  coalesce(s.patient_id, e.stream_id) AS patient_id
FROM (
  SELECT s.tenant_id, s.patient_id, s.version, s.position
  FROM infusion.patient_state s
  LEFT JOIN infusion.generations g
    ON g.tenant_id = s.tenant_id AND g.projection = 'patient_state'
  WHERE s.generation = coalesce(g.generation, 1)
) s
FULL JOIN (
  SELECT tenant_id, stream_id, max(version) AS version, max(position) AS position
  FROM event_log.events WHERE stream_category = 'patient' GROUP BY tenant_id, stream_id
) e ON e.tenant_id = s.tenant_id AND e.stream_id = s.patient_id
WHERE (s.version, s.position) IS DISTINCT FROM (e.version, e.position);
