-- Called by infusion.append: opens rows, closed already where the batch also closed them.
CREATE OR REPLACE FUNCTION infusion.open_rechecks(
  tenant                uuid,
  stream_ids            uuid[],
  last_positions        bigint[],
  last_versions         bigint[],
  opening_commands      integer[],
  opening_versions      bigint[],
  opening_next_commands integer[],
  opening_next_versions bigint[],
  opening_next_reasons  text[],
  opening_rules         text[],
  opening_anchors       bigint[],
  opening_rule_versions integer[],
  opening_earliest      date[],
  opening_due           date[],
  opening_overdue_after date[],
  opening_urgencies     smallint[],
  opening_sites         text[],
  opening_reasons       text[],
  opening_tests         text[],
  opening_evidence      text[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
  -- Evidence is looked up by key, whatever the planner knows of the log; see infusion.append.
  SET enable_sort = off
  SET enable_hashjoin = off
  SET enable_mergejoin = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
DECLARE
  live integer := infusion.live_generation(tenant, 'recheck_queue');
BEGIN
  INSERT INTO infusion.recheck_queue (
    tenant_id, patient_id, anchor_version, opened_position, closed_position, generation,
    rule_version, earliest, due, overdue_after, urgency, rule, site, reason, closed_reason, tests,
    evidence)
  SELECT
    open_rechecks.tenant, stream_ids[o.command], o.anchor,
    last_positions[o.command] - (last_versions[o.command] - o.version),
    CASE WHEN o.is_closed
      THEN last_positions[o.next_command] - (last_versions[o.next_command] - o.next_version) END,
    live, o.rule_version, o.earliest, o.due, o.overdue_after, o.urgency, o.rule, o.site, o.reason,
    CASE WHEN o.is_closed THEN o.next_reason END,
    string_to_array(o.tests, ','),
    -- In the order given, which is ascending.
    ARRAY(
      SELECT found.position
      FROM unnest(string_to_array(o.evidence, ',')::bigint[])
        WITH ORDINALITY AS v (version, ordinal)
      CROSS JOIN LATERAL (
        SELECT e.position FROM event_log.events e
        WHERE e.tenant_id = open_rechecks.tenant AND e.stream_id = stream_ids[o.command]
          AND e.version >= v.version AND e.version <= v.version
        ORDER BY e.version
        LIMIT 1
      ) found
      ORDER BY v.ordinal)
  FROM (
    SELECT u.*, u.next_command > 0 AND last_positions[u.next_command] > 0 AS is_closed
    FROM unnest(
      opening_commands, opening_versions, opening_next_commands, opening_next_versions,
      opening_next_reasons, opening_rules, opening_anchors, opening_rule_versions,
      opening_earliest, opening_due, opening_overdue_after, opening_urgencies, opening_sites,
      opening_reasons, opening_tests, opening_evidence
    ) WITH ORDINALITY AS u (
      command, version, next_command, next_version, next_reason, rule, anchor, rule_version,
      earliest, due, overdue_after, urgency, site, reason, tests, evidence, ordinal)
    WHERE last_positions[u.command] > 0
    ORDER BY u.ordinal
  ) o;
END
$function$;
