-- Of every entry of the wait list exactly one revision is in force, and each begins where the one before
-- ends.
SELECT tenant_id, order_id, opened_position
FROM (
  SELECT w.*, lead(w.opened_position) OVER (
    PARTITION BY w.tenant_id, w.generation, w.patient_id, w.order_id
    ORDER BY w.opened_position) AS next_position
  FROM infusion.waitlist w
) revisions
WHERE closed_position IS DISTINCT FROM next_position;
