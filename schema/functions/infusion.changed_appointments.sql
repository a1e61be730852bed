-- Revisions of a site that were opened or closed after a position, by their last change; so many at most. That is
-- said by CASE: a call of coalesce() would not count as leakproof, and under the policy its index would stay out of
-- reach.
--
-- Planned once, for any arguments, and from the indexes, like infusion.known_rechecks.
CREATE OR REPLACE FUNCTION infusion.changed_appointments(
  tenant uuid, wanted_site text, known_at bigint, rows_max bigint
) RETURNS SETOF infusion.appointments
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
  SET jit = off
  SET max_parallel_workers_per_gather = 0
AS $function$
DECLARE
  live integer := infusion.live_generation(changed_appointments.tenant, 'appointments');
BEGIN
  RETURN QUERY
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = changed_appointments.tenant AND a.generation = live AND a.site = wanted_site
      AND CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
        > known_at
    ORDER BY CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
    LIMIT rows_max;
END
$function$;
