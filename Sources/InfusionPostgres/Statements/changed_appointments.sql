-- Revisions of a site that were opened or closed after a position, in the order of their last change.
SELECT appointment_id, patient_id, order_id, site, chair, starts_at, ends_at, status,
  overridden, opened_position, stock, held_until,
  closed_position
FROM infusion.changed_appointments($1, $2, $3, $4)
