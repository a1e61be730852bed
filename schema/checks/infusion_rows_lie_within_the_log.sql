-- No row of a projection rests on a position that the log does not have.
SELECT p.tenant_id, p.projection, p.position
FROM (
  SELECT tenant_id, 'patient_state' AS projection, max(position) AS position
    FROM infusion.patient_state GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'recheck_queue', max(greatest(opened_position, closed_position))
    FROM infusion.recheck_queue GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'appointments', max(greatest(opened_position, closed_position))
    FROM infusion.appointments GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'subject_references', max(opened_position)
    FROM infusion.subject_references GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'waitlist', max(greatest(opened_position, closed_position))
    FROM infusion.waitlist GROUP BY tenant_id
  UNION ALL
  SELECT tenant_id, 'parked_streams', max(position) FROM infusion.parked_streams GROUP BY tenant_id
) p
WHERE p.position > coalesce(
  (SELECT max(e.position) FROM event_log.events e WHERE e.tenant_id = p.tenant_id), 0);
