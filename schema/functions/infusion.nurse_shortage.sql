-- Called by infusion.judge_reservations: the limit and the quarter hour that do not bear one revision more, as
-- `nurse-starts@1772442000`, the seconds since 1970 at which it begins; NULL where all do. Starts are told before
-- patients, and of them the earliest.
--
-- Counted are the visits booked before, unless a command up to this one has changed them, and those that this
-- batch has booked, unless it has also changed them again; `stands` says which commands are appended.
CREATE OR REPLACE FUNCTION infusion.nurse_shortage(
  tenant                 uuid,
  live                   integer,
  revision               integer,
  stands                 boolean[],
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
) RETURNS text
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  own_command     integer := revision_commands[revision];
  own_appointment uuid := revision_appointments[revision];
  decided_at      timestamptz := decided_ats[own_command];
BEGIN
  RETURN (
    WITH takings AS MATERIALIZED (
      SELECT t.limit_name, t.quarter, t.allowed
      FROM unnest(taking_revisions, taking_limits, taking_quarters, taking_alloweds)
        AS t (revision, limit_name, quarter, allowed)
      WHERE t.revision = nurse_shortage.revision
    ),
    others AS MATERIALIZED (
      SELECT v.starts_at, v.ends_at
      FROM infusion.visits_at_site(
        nurse_shortage.tenant, live, revision_sites[nurse_shortage.revision],
        (SELECT min(t.quarter) FROM takings t),
        (SELECT max(t.quarter) + interval '15 minutes' FROM takings t), decided_at) v
      WHERE v.appointment_id <> own_appointment
        AND NOT EXISTS (
          SELECT FROM unnest(revision_appointments, revision_commands)
            AS changed (appointment_id, command)
          WHERE changed.appointment_id = v.appointment_id AND changed.command <= own_command
            AND stands[changed.command])
      UNION ALL
      SELECT r.starts_at, infusion.taken_until(r.status, r.starts_at, r.ends_at, decided_at)
      FROM unnest(
        revision_commands, revision_next_commands, revision_appointments, revision_starts,
        revision_ends, revision_sites, revision_statuses
      ) WITH ORDINALITY AS r (
        command, next_command, appointment_id, starts_at, ends_at, site, status, ordinal)
      WHERE r.ordinal < nurse_shortage.revision AND stands[r.command]
        AND r.site = revision_sites[nurse_shortage.revision]
        AND r.status IN ('pending', 'booked', 'arrived', 'checked-in')
        AND r.appointment_id <> own_appointment
        AND NOT (r.next_command BETWEEN 1 AND own_command AND stands[r.next_command])
    )
    SELECT t.limit_name || '@' || extract(epoch FROM t.quarter)::bigint
    FROM takings t
    WHERE t.allowed <= (
      SELECT count(*) FROM others o
      WHERE infusion.is_in_quarter(t.limit_name, t.quarter, o.starts_at, o.ends_at))
    ORDER BY t.limit_name DESC, t.quarter
    LIMIT 1);
END
$function$;
