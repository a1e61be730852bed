-- Of every appointment exactly one revision is in force, and each begins where the one before ends.
SELECT tenant_id, appointment_id, opened_position
FROM (
  SELECT a.*, lead(a.opened_position) OVER (
    PARTITION BY a.tenant_id, a.generation, a.patient_id, a.appointment_id
    ORDER BY a.opened_position) AS next_position
  FROM infusion.appointments a
) revisions
WHERE closed_position IS DISTINCT FROM next_position;
