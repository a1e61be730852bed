-- Called by infusion.judge_reservations: the revisions that may ask the nurses for too much, by their
-- ordinals. Everything that is booked and everything in this batch is counted against them; whether it does
-- count depends on what comes before them.
CREATE OR REPLACE FUNCTION infusion.crowded_reservations(
  tenant                 uuid,
  live                   integer,
  decided_ats            timestamptz[],
  revision_commands      integer[],
  revision_next_commands integer[],
  revision_appointments  uuid[],
  revision_starts        timestamptz[],
  revision_ends          timestamptz[],
  revision_sites         text[],
  revision_statuses      text[],
  taking_revisions       integer[],
  taking_limits          text[],
  taking_quarters        timestamptz[],
  taking_alloweds        integer[]
) RETURNS integer[]
  LANGUAGE plpgsql VOLATILE
AS $function$
BEGIN
  RETURN ARRAY(
    WITH wanted AS MATERIALIZED (
      SELECT t.revision, revision_sites[t.revision] AS site,
        revision_appointments[t.revision] AS appointment_id,
        decided_ats[revision_commands[t.revision]] AS decided_at,
        min(t.quarter) AS first, max(t.quarter) + interval '15 minutes' AS last
      FROM unnest(taking_revisions, taking_quarters) AS t (revision, quarter)
      GROUP BY t.revision
    ),
    others AS MATERIALIZED (
      SELECT w.revision, v.starts_at, v.ends_at
      FROM wanted w
      CROSS JOIN LATERAL infusion.visits_at_site(
        crowded_reservations.tenant, live, w.site, w.first, w.last, w.decided_at) v
      WHERE v.appointment_id <> w.appointment_id
      UNION ALL
      SELECT w.revision, r.starts_at,
        infusion.taken_until(r.status, r.starts_at, r.ends_at, w.decided_at)
      FROM wanted w
      JOIN unnest(
        revision_commands, revision_next_commands, revision_appointments, revision_starts,
        revision_ends, revision_sites, revision_statuses
      ) AS r (command, next_command, appointment_id, starts_at, ends_at, site, status)
        ON r.site = w.site AND r.starts_at < w.last
          AND infusion.taken_until(r.status, r.starts_at, r.ends_at, w.decided_at) > w.first
          AND r.appointment_id <> w.appointment_id
      WHERE r.status IN ('pending', 'booked', 'arrived', 'checked-in')
        AND r.next_command <> r.command
    )
    SELECT DISTINCT t.revision
    FROM unnest(taking_revisions, taking_limits, taking_quarters, taking_alloweds)
      AS t (revision, limit_name, quarter, allowed)
    WHERE t.allowed <= (
      SELECT count(*) FROM others o
      WHERE o.revision = t.revision
        AND infusion.is_in_quarter(t.limit_name, t.quarter, o.starts_at, o.ends_at)));
END
$function$;
