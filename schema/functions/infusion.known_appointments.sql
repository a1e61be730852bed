-- Revisions of a site in force as known at a position that overlap an interval. A slot lasts a day at most
-- (the table says so), so none of them starts before `earliest`, a day ahead of the interval, which bounds the
-- index from below too.
--
-- Planned once, for any arguments, and from the indexes, like infusion.known_rechecks.
CREATE OR REPLACE FUNCTION infusion.known_appointments(
  tenant uuid, wanted_site text, first timestamptz, last timestamptz, known_at bigint,
  earliest timestamptz
) RETURNS SETOF infusion.appointments
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  SET enable_bitmapscan = off
  SET jit = off
  SET max_parallel_workers_per_gather = 0
AS $function$
DECLARE
  live integer := infusion.live_generation(known_appointments.tenant, 'appointments');
BEGIN
  RETURN QUERY
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = known_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.closed_position IS NULL AND a.opened_position <= known_at
      AND a.starts_at < last AND a.ends_at > first AND a.starts_at > earliest
    UNION ALL
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = known_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.closed_position > known_at AND a.opened_position <= known_at
      -- Said again as the index has it, which reads nothing of the site that changed no later.
      AND CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
        > known_at
      AND a.starts_at < last AND a.ends_at > first;
END
$function$;
