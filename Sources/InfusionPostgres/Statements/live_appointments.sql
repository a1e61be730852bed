SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
  overridden, opened_position, stock, held_until,
  closed_position
FROM infusion.appointments
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
    FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'appointments')
  AND patient_id > $2 AND patient_id <= $3
ORDER BY patient_id, appointment_id, opened_position
