SELECT patient_id, order_id, status, appointment_id, offered_until, urgency, due, since, site,
  visit_minutes, earliest, latest, weekdays, hours_from, hours_until, notice_hours,
  opened_position, closed_position
FROM infusion.waitlist
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
    FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'waitlist')
  AND patient_id > $2 AND patient_id <= $3
ORDER BY patient_id, order_id, opened_position
