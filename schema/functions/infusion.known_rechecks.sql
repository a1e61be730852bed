-- A page of the rechecks that were open as known at a position, of one site or (NULL) of all, after a
-- cursor: those open now, and those closed since.
--
-- Planned once, for any arguments: planning anew takes as long as the page itself, and a plan for arguments
-- that are not known expects a third of all closed rows to have been closed since, and reads all of
-- them. So what it may use are the indexes; and neither workers nor compiled code, which take longer to
-- start than a page takes.
CREATE OR REPLACE FUNCTION infusion.known_rechecks(
  tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date,
  after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint,
  rows_max bigint
) RETURNS SETOF infusion.recheck_queue
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  SET enable_bitmapscan = off
  SET jit = off
  SET max_parallel_workers_per_gather = 0
AS $function$
DECLARE
  live integer := infusion.live_generation(known_rechecks.tenant, 'recheck_queue');
BEGIN
  IF wanted_site IS NULL THEN
    RETURN QUERY
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live
          AND q.closed_position IS NULL AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max)
      UNION ALL
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live
          AND q.closed_position > known_at AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max);
  ELSE
    RETURN QUERY
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live AND q.site = wanted_site
          AND q.closed_position IS NULL AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max)
      UNION ALL
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live AND q.site = wanted_site
          AND q.closed_position > known_at AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max);
  END IF;
END
$function$;
