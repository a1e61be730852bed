-- Called by infusion.append: closes rows that were open before the batch. `closing_*` holds only
-- the first closing of each recheck in the batch; what the batch itself opened comes closed.
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
  -- Rows by key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
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
        last_positions[u.command] - (last_versions[u.command] - u.version) AS position,
        u.reason, found.place
      FROM unnest(
        closing_commands, closing_versions, closing_rules, closing_anchors, closing_reasons
      ) AS u (command, version, rule, anchor, reason)
      CROSS JOIN LATERAL (
        SELECT r.ctid AS place FROM infusion.recheck_queue r
        WHERE r.tenant_id = close_rechecks.tenant AND r.generation = live
          AND r.patient_id = stream_ids[u.command] AND r.rule = u.rule
          AND r.anchor_version = u.anchor AND r.closed_position IS NULL
        ORDER BY r.opened_position
        LIMIT 100
      ) found
      WHERE last_positions[u.command] > 0
    ) c
    -- Nobody moves the row: whoever writes it holds the tenant's lock.
    WHERE q.ctid = c.place;
END
$function$;
