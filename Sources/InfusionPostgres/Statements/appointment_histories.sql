-- Revisions of a site in force as known at a position that overlap an interval, each with the positions of all
-- its appointment's revisions known by then, and of the event that placed its order.
SELECT a.appointment_id, a.patient_id, a.order_id, a.site, a.chair, a.starts_at, a.ends_at, a.status,
  a.overridden, a.opened_position, a.stock, a.held_until,
  ARRAY(SELECT r.opened_position FROM infusion.appointments r
    WHERE r.tenant_id = $1 AND r.generation = a.generation AND r.patient_id = a.patient_id
      AND r.appointment_id = a.appointment_id AND r.opened_position <= $5
    ORDER BY r.opened_position) AS revisions,
  (SELECT s.opened_position FROM infusion.subject_references s
    WHERE s.tenant_id = $1 AND s.generation = (SELECT coalesce(max(g.generation), 1)
        FROM infusion.generations g
        WHERE g.tenant_id = $1 AND g.projection = 'subject_references')
      AND s.kind = 'order' AND s.id = a.order_id AND s.patient_id = a.patient_id) AS ordered_position
FROM infusion.known_appointments($1, $2, $3, $4, $5, $6) a
ORDER BY a.starts_at, a.chair, a.appointment_id
