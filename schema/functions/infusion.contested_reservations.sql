-- Called by infusion.judge_reservations: the revisions that want a chair and could collide, by
-- their ordinals, ascending. They overlap something in force, or their chair or their patient has
-- overlapping revisions in this batch, or they seat a patient where another sits, or begin by now where somebody
-- sits on; whether they do collide depends on what comes before them. A command without `decided_at` tells what
-- happened, or decides nothing: who sits in a chair is not in its way.
CREATE OR REPLACE FUNCTION infusion.contested_reservations(
  tenant                 uuid,
  live                   integer,
  stream_ids             uuid[],
  decided_ats            timestamptz[],
  revision_commands      integer[],
  revision_next_commands integer[],
  revision_appointments  uuid[],
  revision_starts        timestamptz[],
  revision_ends          timestamptz[],
  revision_sites         text[],
  revision_chairs        text[],
  revision_statuses      text[]
) RETURNS integer[]
  LANGUAGE plpgsql VOLATILE
AS $function$
BEGIN
  RETURN ARRAY(
    SELECT w.ordinal::integer
    FROM (
      SELECT marked.*,
        bool_or(marked.overlaps_on_chair) OVER (PARTITION BY marked.site, marked.chair)
          OR bool_or(marked.overlaps_for_patient) OVER (PARTITION BY marked.patient_id)
          AS overlaps_in_batch,
        count(*) FILTER (WHERE marked.status = 'checked-in')
          OVER (PARTITION BY marked.site, marked.chair) AS seated_in_batch
      FROM (
        -- Sorted by their starts, two intervals overlap if one begins before the latest end so far.
        SELECT u.*, stream_ids[u.command] AS patient_id,
          u.starts_at < max(u.ends_at) OVER (PARTITION BY u.site, u.chair ORDER BY u.starts_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps_on_chair,
          u.starts_at < max(u.ends_at) OVER (
            PARTITION BY stream_ids[u.command] ORDER BY u.starts_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps_for_patient
        FROM unnest(
          revision_commands, revision_next_commands, revision_appointments, revision_starts,
          revision_ends, revision_sites, revision_chairs, revision_statuses
        ) WITH ORDINALITY AS u (
          command, next_command, appointment_id, starts_at, ends_at, site, chair, status, ordinal)
        WHERE u.status IN ('pending', 'booked', 'arrived', 'checked-in') AND u.next_command <> u.command
      ) marked
    ) w
    WHERE coalesce(w.overlaps_in_batch, false)
      OR w.status = 'checked-in' AND decided_ats[w.command] IS NOT NULL
        AND (w.seated_in_batch > 1 OR EXISTS (
          SELECT FROM infusion.seated_appointments(
            contested_reservations.tenant, live, w.site, w.chair, w.starts_at) a
          WHERE a.appointment_id <> w.appointment_id))
      OR w.starts_at <= decided_ats[w.command] AND (w.seated_in_batch > 0 OR EXISTS (
        SELECT FROM infusion.seated_appointments(
          contested_reservations.tenant, live, w.site, w.chair, decided_ats[w.command]) a
        WHERE a.ends_at <= decided_ats[w.command] AND a.appointment_id <> w.appointment_id))
      OR EXISTS (
      SELECT FROM infusion.overlapping_appointments(
        contested_reservations.tenant, live, w.site, w.chair, w.patient_id, w.starts_at,
        w.ends_at) a
      WHERE a.appointment_id <> w.appointment_id)
    ORDER BY w.ordinal);
END
$function$;
