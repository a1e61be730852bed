-- Revisions of a site in force as known at a position that overlap an interval.
SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
  overridden, opened_position, stock, held_until
FROM infusion.known_appointments($1, $2, $3, $4, $5, $6)
ORDER BY starts_at, chair, appointment_id
