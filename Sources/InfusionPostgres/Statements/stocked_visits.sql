-- Visits of a site for which vials of a product are kept or were used, as known at a position.
SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
  overridden, opened_position, stock, held_until
FROM infusion.known_appointments($1, $2, $3, 'infinity', $4, $5)
WHERE starts_at >= $3 AND status NOT IN ('cancelled', 'noshow')
  AND split_part(stock, ' ', 1) = $6
ORDER BY starts_at, appointment_id
