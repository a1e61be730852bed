-- Called by infusion.append: closes rows that were open before the batch. `closing_*` holds only the
-- first closing of each recheck in the batch; what the batch itself opened comes closed.
CREATE OR REPLACE FUNCTION infusion.close_rechecks(
  tenant           uuid,
  stream_ids       uuid[],
  last_positions   bigint[],
  last_versions    bigint[],
  closing_commands integer[],
  closing_versions bigint[],
  closing_rules    text[],
  closing_anchors  bigint[],
  closing_reasons  text[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
  -- A handful of rows by key, whatever the size of the table.
  SET enable_hashjoin = off
  SET enable_mergejoin = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
DECLARE
  live integer := infusion.live_generation(tenant, 'recheck_queue');
BEGIN
  UPDATE infusion.recheck_queue q
    SET closed_position = c.position, closed_reason = c.reason
    FROM (
      SELECT
        stream_ids[u.command] AS patient_id,
        last_positions[u.command] - (last_versions[u.command] - u.version) AS position,
        u.rule, u.anchor, u.reason
      FROM unnest(
        closing_commands, closing_versions, closing_rules, closing_anchors, closing_reasons
      ) AS u (command, version, rule, anchor, reason)
      WHERE last_positions[u.command] > 0
    ) c
    WHERE q.tenant_id = close_rechecks.tenant AND q.generation = live
      AND q.patient_id = c.patient_id AND q.rule = c.rule AND q.anchor_version = c.anchor
      AND q.closed_position IS NULL;
END
$function$;
