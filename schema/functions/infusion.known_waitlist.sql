-- A page of who waited for a site, or (the empty one) for any, as known at a position, after a cursor:
-- those on the list now, and those whose revision was closed since.
--
-- Planned once, for any arguments, and from the indexes, like infusion.known_rechecks.
CREATE OR REPLACE FUNCTION infusion.known_waitlist(
  tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date,
  after_since timestamptz, after_order uuid, after_patient uuid, rows_max bigint
) RETURNS SETOF infusion.waitlist
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  SET enable_bitmapscan = off
  SET jit = off
  SET max_parallel_workers_per_gather = 0
AS $function$
DECLARE
  live integer := infusion.live_generation(known_waitlist.tenant, 'waitlist');
BEGIN
  RETURN QUERY
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live AND w.site = wanted_site
        AND w.closed_position IS NULL AND w.status IN ('waiting', 'offered')
        AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max)
    UNION ALL
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live AND w.site = ''
        AND w.closed_position IS NULL AND w.status IN ('waiting', 'offered')
        AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max)
    UNION ALL
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live
        AND w.site IN (wanted_site, '') AND w.closed_position > known_at
        AND w.status IN ('waiting', 'offered') AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max);
END
$function$;
