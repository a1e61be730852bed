-- Who waits for a site as known at a position, after a cursor.
SELECT patient_id, order_id, status, appointment_id, offered_until, urgency, due, since, site,
  visit_minutes, earliest, latest, weekdays, hours_from, hours_until, notice_hours, opened_position
FROM infusion.known_waitlist($1, $2, $3, $4, $5, $6, $7, $8, $9)
ORDER BY urgency, due, since, order_id, patient_id
LIMIT $9
