-- Revisions of a site in force at a position that overlap an interval. A slot lasts a day at most
-- (the table says so), which bounds the index from below too.
SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
  opened_position
FROM (
  SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
    opened_position
  FROM infusion.appointments
  WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'appointments')
    AND site = $2 AND closed_position IS NULL AND opened_position <= $5
    AND starts_at < $4 AND ends_at > $3
    AND starts_at > $6
  UNION ALL
  SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
    opened_position
  FROM infusion.appointments
  WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'appointments')
    AND site = $2 AND closed_position > $5 AND opened_position <= $5
    AND starts_at < $4 AND ends_at > $3
) known
ORDER BY starts_at, chair, appointment_id
