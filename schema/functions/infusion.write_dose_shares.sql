-- Replaces what these patients add to the dose report. `filling` is the generation being filled, or
-- 0 for the live one; then the lines concerned are added up again, in the same transaction.
--
-- Two writers of one partition exclude each other by its checkpoint, which they move in the same
-- transaction, before this is called. Writers of different partitions may concern the same line: each
-- takes the lines it adds up, in one order, and so sees what the one before it has committed.
CREATE OR REPLACE FUNCTION infusion.write_dose_shares(
  tenant                uuid,
  filling               integer,
  patients              uuid[],
  share_patients        uuid[],
  products              text[],
  sites                 text[],
  months                date[],
  doses_started         integer[],
  doses_completed       integer[],
  doses_stopped         integer[],
  milligrams_given      numeric[],
  reactions_ungraded    integer[],
  reactions_grade_1     integer[],
  reactions_grade_2     integer[],
  reactions_grade_3     integer[],
  reactions_grade_4     integer[],
  reactions_grade_5     integer[],
  courses               integer[],
  courses_with_response integer[],
  hemoglobin_rise       numeric[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target       integer := filling;
  was_products text[];
  was_sites    text[];
  was_months   date[];
BEGIN
  IF filling = 0 THEN
    target := infusion.live_generation(tenant, 'dose_report');
  ELSE
    PERFORM infusion.require_building(tenant, 'dose_report', filling);
  END IF;

  WITH removed AS (
    DELETE FROM infusion.dose_report_shares s
      WHERE s.tenant_id = write_dose_shares.tenant AND s.generation = target
        AND s.patient_id = ANY (patients)
      RETURNING s.product, s.site, s.month
  )
  SELECT coalesce(array_agg(r.product), '{}'), coalesce(array_agg(r.site), '{}'),
      coalesce(array_agg(r.month), '{}')
    INTO was_products, was_sites, was_months FROM removed r;

  INSERT INTO infusion.dose_report_shares
  SELECT
    write_dose_shares.tenant, u.patient_id, target, u.month, u.started, u.completed, u.stopped,
    u.ungraded, u.grade_1, u.grade_2, u.grade_3, u.grade_4, u.grade_5, u.course, u.response,
    u.product, u.site, u.milligrams, u.rise
  FROM unnest(
    share_patients, products, sites, months, doses_started, doses_completed, doses_stopped,
    milligrams_given, reactions_ungraded, reactions_grade_1, reactions_grade_2,
    reactions_grade_3, reactions_grade_4, reactions_grade_5, courses, courses_with_response,
    hemoglobin_rise
  ) AS u (
    patient_id, product, site, month, started, completed, stopped, milligrams, ungraded, grade_1,
    grade_2, grade_3, grade_4, grade_5, course, response, rise);

  IF filling = 0 THEN
    PERFORM pg_advisory_xact_lock(l.key)
      FROM (
        SELECT DISTINCT hashtextextended(
          concat_ws('|', tenant, t.month, t.product, t.site), 0) AS key
        FROM unnest(was_products || products, was_sites || sites, was_months || months)
          AS t (product, site, month)
        ORDER BY key
      ) l;
    PERFORM infusion.sum_dose_report(
      tenant, target, was_products || products, was_sites || sites, was_months || months);
  END IF;
END
$function$;
