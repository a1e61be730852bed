-- Appointments in force at a site that take some of an interval, as of `decided_at` (see infusion.taken_until). A
-- slot lasts a day at most (the table says so), and nobody sits on for longer, which bounds the index from below
-- too: who sits on takes nothing of an interval that begins after the quarter hour of now.
CREATE OR REPLACE FUNCTION infusion.visits_at_site(
  tenant       uuid,
  live         integer,
  wanted_site  text,
  first        timestamptz,
  last         timestamptz,
  decided_at   timestamptz
) RETURNS TABLE (
  appointment_id uuid, starts_at timestamptz, ends_at timestamptz, overridden boolean)
  LANGUAGE plpgsql STABLE
  -- By key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
BEGIN
  RETURN QUERY
    SELECT a.appointment_id, a.starts_at,
      infusion.taken_until(a.status, a.starts_at, a.ends_at, decided_at), a.overridden
    FROM infusion.appointments a
    WHERE a.tenant_id = visits_at_site.tenant AND a.generation = live AND a.site = wanted_site
      AND a.starts_at > first - interval '24 hours' AND a.starts_at < last
      AND infusion.taken_until(a.status, a.starts_at, a.ends_at, decided_at) > first
      AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
    ORDER BY a.starts_at;
END
$function$;
