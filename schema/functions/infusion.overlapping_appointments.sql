-- Appointments in force that take the chair, or the patient, at some time of the interval; one that
-- takes both comes twice.
CREATE OR REPLACE FUNCTION infusion.overlapping_appointments(
  tenant        uuid,
  live          integer,
  wanted_site   text,
  wanted_chair  text,
  patient       uuid,
  starts        timestamptz,
  ends          timestamptz
) RETURNS TABLE (appointment_id uuid, site text, chair text)
  LANGUAGE plpgsql STABLE
  -- By key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
BEGIN
  RETURN QUERY
    (SELECT a.appointment_id, a.site, a.chair FROM infusion.appointments a
      WHERE a.tenant_id = overlapping_appointments.tenant AND a.generation = live
        AND a.site = wanted_site AND a.chair = wanted_chair
        AND a.ends_at > starts AND a.starts_at < ends
        AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      ORDER BY a.ends_at)
    UNION ALL
    (SELECT a.appointment_id, a.site, a.chair FROM infusion.appointments a
      WHERE a.tenant_id = overlapping_appointments.tenant AND a.generation = live
        AND a.patient_id = patient
        AND a.ends_at > starts AND a.starts_at < ends
        AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      ORDER BY a.appointment_id, a.opened_position);
END
$function$;
