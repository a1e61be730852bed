-- Writes rebuilt rows into the generation being filled, or, if `filling` is 0, the live one; `closed`
-- is 0 and the reason empty for a row that is open. Tests and evidence are comma-separated.
CREATE OR REPLACE FUNCTION infusion.stage_rechecks(
  tenant         uuid,
  filling        integer,
  patients       uuid[],
  rules          text[],
  anchors        bigint[],
  opened         bigint[],
  closed         bigint[],
  closed_reasons text[],
  rule_versions  integer[],
  earliest       date[],
  due            date[],
  overdue_after  date[],
  urgencies      smallint[],
  sites          text[],
  reasons        text[],
  tests          text[],
  evidence       text[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, 'recheck_queue', filling);
BEGIN
  INSERT INTO infusion.recheck_queue (
    tenant_id, patient_id, anchor_version, opened_position, closed_position, generation,
    rule_version, earliest, due, overdue_after, urgency, rule, site, reason, closed_reason, tests,
    evidence)
  SELECT
    tenant, u.patient_id, u.anchor, u.opened_at, nullif(u.closed_at, 0), target,
    u.rule_version, u.earliest_on, u.due_on, u.overdue_on, u.urgency, u.rule, u.site, u.reason,
    nullif(u.closed_reason, ''), string_to_array(u.test_list, ','),
    string_to_array(u.evidence_list, ',')::bigint[]
  FROM unnest(
    patients, rules, anchors, opened, closed, closed_reasons, rule_versions, earliest, due,
    overdue_after, urgencies, sites, reasons, tests, evidence
  ) AS u (
    patient_id, rule, anchor, opened_at, closed_at, closed_reason, rule_version, earliest_on,
    due_on, overdue_on, urgency, site, reason, test_list, evidence_list);
END
$function$;
