-- Called by infusion.append: closes the revisions in force before the batch, then writes the
-- batch's, closed already where the batch also superseded them. In this order no two rows in force
-- overlap at any moment, and the exclusion constraints have nothing to say.
CREATE OR REPLACE FUNCTION infusion.revise_appointments(
  tenant                 uuid,
  stream_ids             uuid[],
  last_positions         bigint[],
  last_versions          bigint[],
  revision_commands      integer[],
  revision_versions      bigint[],
  revision_next_commands integer[],
  revision_next_versions bigint[],
  revision_is_first      boolean[],
  revision_appointments  uuid[],
  revision_orders        uuid[],
  revision_starts        timestamptz[],
  revision_ends          timestamptz[],
  revision_sites         text[],
  revision_chairs        text[],
  revision_statuses      text[],
  revision_held_untils   timestamptz[],
  revision_overriddens   boolean[],
  revision_stocks        text[]
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
  live integer := infusion.live_generation(tenant, 'appointments');
BEGIN
  UPDATE infusion.appointments a SET closed_position = r.position
    FROM (
      SELECT
        last_positions[u.command] - (last_versions[u.command] - u.version) AS position, found.place
      FROM unnest(
        revision_commands, revision_versions, revision_is_first, revision_appointments
      ) AS u (command, version, is_first, appointment_id)
      CROSS JOIN LATERAL (
        SELECT o.ctid AS place FROM infusion.appointments o
        WHERE o.tenant_id = revise_appointments.tenant AND o.generation = live
          AND o.patient_id = stream_ids[u.command] AND o.appointment_id = u.appointment_id
          AND o.closed_position IS NULL
        ORDER BY o.opened_position
        LIMIT 100
      ) found
      WHERE u.is_first AND last_positions[u.command] > 0
    ) r
    -- Nobody moves the row: whoever writes it holds the tenant's lock.
    WHERE a.ctid = r.place;

  INSERT INTO infusion.appointments (
    tenant_id, patient_id, appointment_id, order_id, opened_position, closed_position, starts_at,
    ends_at, generation, site, chair, status, held_until, overridden, stock)
  SELECT
    revise_appointments.tenant, stream_ids[u.command], u.appointment_id, u.order_id,
    last_positions[u.command] - (last_versions[u.command] - u.version),
    CASE WHEN u.next_command > 0 AND last_positions[u.next_command] > 0
      THEN last_positions[u.next_command] - (last_versions[u.next_command] - u.next_version) END,
    u.starts_at, u.ends_at, live, u.site, u.chair, u.status, u.held_until, u.overridden,
    nullif(u.stock, '')
  FROM unnest(
    revision_commands, revision_versions, revision_next_commands, revision_next_versions,
    revision_appointments, revision_orders, revision_starts, revision_ends, revision_sites,
    revision_chairs, revision_statuses, revision_held_untils, revision_overriddens, revision_stocks
  ) WITH ORDINALITY AS u (
    command, version, next_command, next_version, appointment_id, order_id, starts_at, ends_at,
    site, chair, status, held_until, overridden, stock, ordinal)
  WHERE last_positions[u.command] > 0
  ORDER BY u.ordinal;
END
$function$;
