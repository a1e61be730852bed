-- No chair is taken twice and no patient is in two places, in any generation.
SELECT a.tenant_id, a.appointment_id, b.appointment_id AS other_id
FROM infusion.appointments a
JOIN infusion.appointments b
  ON b.tenant_id = a.tenant_id AND b.generation = a.generation
  AND b.appointment_id > a.appointment_id
  AND (b.site = a.site AND b.chair = a.chair OR b.patient_id = a.patient_id)
  AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
WHERE a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
  AND b.closed_position IS NULL AND b.status IN ('pending', 'booked', 'arrived', 'checked-in');
