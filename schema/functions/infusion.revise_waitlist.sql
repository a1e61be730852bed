-- Called by infusion.append: closes the revisions in force before the batch, then writes the batch's,
-- closed already where the batch also superseded them.
CREATE OR REPLACE FUNCTION infusion.revise_waitlist(
  tenant                uuid,
  stream_ids            uuid[],
  last_positions        bigint[],
  last_versions         bigint[],
  waiting_commands      integer[],
  waiting_versions      bigint[],
  waiting_next_commands integer[],
  waiting_next_versions bigint[],
  waiting_is_first      boolean[],
  waiting_orders        uuid[],
  waiting_statuses      text[],
  waiting_appointments  uuid[],
  waiting_until         timestamptz[],
  waiting_urgencies     smallint[],
  waiting_due           date[],
  waiting_since         timestamptz[],
  waiting_sites         text[],
  waiting_minutes       integer[],
  waiting_earliest      date[],
  waiting_latest        date[],
  waiting_weekdays      smallint[],
  waiting_hours_from    smallint[],
  waiting_hours_until   smallint[],
  waiting_notice_hours  integer[]
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
  live integer := infusion.live_generation(tenant, 'waitlist');
BEGIN
  UPDATE infusion.waitlist w SET closed_position = r.position
    FROM (
      SELECT
        last_positions[u.command] - (last_versions[u.command] - u.version) AS position, found.place
      FROM unnest(waiting_commands, waiting_versions, waiting_is_first, waiting_orders)
        AS u (command, version, is_first, order_id)
      CROSS JOIN LATERAL (
        SELECT o.ctid AS place FROM infusion.waitlist o
        WHERE o.tenant_id = revise_waitlist.tenant AND o.generation = live
          AND o.patient_id = stream_ids[u.command] AND o.order_id = u.order_id
          AND o.closed_position IS NULL
        ORDER BY o.opened_position
        LIMIT 100
      ) found
      WHERE u.is_first AND last_positions[u.command] > 0
    ) r
    -- Nobody moves the row: whoever writes it holds the tenant's lock.
    WHERE w.ctid = r.place;

  INSERT INTO infusion.waitlist (
    tenant_id, patient_id, order_id, appointment_id, offered_until, opened_position,
    closed_position, since, generation, visit_minutes, notice_hours, due, earliest, latest,
    urgency, weekdays, hours_from, hours_until, site, status)
  SELECT
    revise_waitlist.tenant, stream_ids[u.command], u.order_id, u.appointment_id, u.offered_until,
    last_positions[u.command] - (last_versions[u.command] - u.version),
    CASE WHEN u.next_command > 0 AND last_positions[u.next_command] > 0
      THEN last_positions[u.next_command] - (last_versions[u.next_command] - u.next_version) END,
    u.since, live, u.visit_minutes, u.notice_hours, u.due, u.earliest, u.latest, u.urgency,
    u.weekdays, u.hours_from, u.hours_until, u.site, u.status
  FROM unnest(
    waiting_commands, waiting_versions, waiting_next_commands, waiting_next_versions,
    waiting_orders, waiting_statuses, waiting_appointments, waiting_until, waiting_urgencies,
    waiting_due, waiting_since, waiting_sites, waiting_minutes, waiting_earliest, waiting_latest,
    waiting_weekdays, waiting_hours_from, waiting_hours_until, waiting_notice_hours
  ) WITH ORDINALITY AS u (
    command, version, next_command, next_version, order_id, status, appointment_id, offered_until,
    urgency, due, since, site, visit_minutes, earliest, latest, weekdays, hours_from, hours_until,
    notice_hours, ordinal)
  WHERE last_positions[u.command] > 0
  ORDER BY u.ordinal;
END
$function$;
