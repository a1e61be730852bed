-- Visits that began in the chair and whose patients have not been discharged. Who sat down a day or longer
-- before `starts` is taken to have left without being discharged.
--
-- The statuses stand twice: by all of them the planner knows appointments_occupying_by_chair.
CREATE OR REPLACE FUNCTION infusion.seated_appointments(
  tenant        uuid,
  live          integer,
  wanted_site   text,
  wanted_chair  text,
  starts        timestamptz
) RETURNS TABLE (appointment_id uuid, ends_at timestamptz)
  LANGUAGE plpgsql STABLE
  -- By key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
BEGIN
  RETURN QUERY
    SELECT a.appointment_id, a.ends_at FROM infusion.appointments a
    WHERE a.tenant_id = seated_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.chair = wanted_chair
      AND a.ends_at > starts - interval '24 hours' AND a.starts_at > starts - interval '24 hours'
      AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      AND a.status = 'checked-in'
    ORDER BY a.ends_at;
END
$function$;
