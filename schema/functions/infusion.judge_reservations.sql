-- Called by infusion.append behind the tenant's lock: which commands want a chair, or their
-- patient's time, that is taken, seat a patient where another still sits, want a chair by now in which somebody
-- sits on beyond the end of a visit, or ask the nurses of a quarter hour for more than they bear. Takes what was judged before, and adds to it: one constraint name per command, NULL
-- where there is none; or NULL for the whole batch. The nurses are asked last: see infusion.nurse_shortage.
--
-- Invariants:
--  1. Commands are judged in order, each against the calendar as the ones before it leave it: what
--     an earlier command of the batch frees is free, what it takes is taken.
--  2. Only what would be appended counts. A refused command breaks its stream's chain, so nothing
--     of that stream's later commands counts either; event_log.judge will say the same.
--  3. Of a command's several revisions of one appointment the last is judged: the one that stays.
--
-- Cheap where nothing overlaps, which is nearly always: one statement finds the revisions that
-- could possibly collide, and only those are walked through.
CREATE OR REPLACE FUNCTION infusion.judge_reservations(
  tenant                 uuid,
  command_ids            uuid[],
  fingerprints           bytea[],
  stream_categories      text[],
  stream_ids             uuid[],
  expected_versions      bigint[],
  event_counts           integer[],
  refusals               text[],
  decided_ats            timestamptz[],
  revision_commands      integer[],
  revision_next_commands integer[],
  revision_appointments  uuid[],
  revision_starts        timestamptz[],
  revision_ends          timestamptz[],
  revision_sites         text[],
  revision_chairs        text[],
  revision_statuses      text[],
  taking_revisions       integer[],
  taking_limits          text[],
  taking_quarters        timestamptz[],
  taking_alloweds        integer[]
) RETURNS text[]
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  live       integer := infusion.live_generation(tenant, 'appointments');
  contested  integer[];
  -- Whether the command is going to be appended, as far as is known.
  stands     boolean[];
  revision   integer;
  -- Of the revision's command.
  decided_at timestamptz;
  refusal    text;
BEGIN
  contested := infusion.contested_reservations(
    tenant, live, stream_ids, decided_ats, revision_commands, revision_next_commands,
    revision_appointments, revision_starts, revision_ends, revision_sites, revision_chairs,
    revision_statuses);
  IF cardinality(taking_revisions) > 0 THEN
    contested := ARRAY(
      SELECT DISTINCT c.ordinal
      FROM unnest(contested || infusion.crowded_reservations(
        tenant, live, decided_ats, revision_commands, revision_next_commands,
        revision_appointments, revision_starts, revision_ends, revision_sites, revision_statuses,
        taking_revisions, taking_limits, taking_quarters, taking_alloweds)) AS c (ordinal)
      ORDER BY c.ordinal);
  END IF;
  IF cardinality(contested) = 0 THEN
    RETURN refusals;
  END IF;

  stands := ARRAY(
    SELECT j.outcome = 'appended'
    FROM event_log.judge(
      judge_reservations.tenant, command_ids, fingerprints, stream_categories, stream_ids,
      expected_versions, event_counts, judge_reservations.refusals) j
    ORDER BY j.ordinal);

  FOREACH revision IN ARRAY contested LOOP
    CONTINUE WHEN NOT stands[revision_commands[revision]];
    decided_at := decided_ats[revision_commands[revision]];
    SELECT CASE
        WHEN bool_or(taken.why = 'chair-overlap') THEN 'chair-overlap'
        WHEN bool_or(taken.why = 'patient-overlap') THEN 'patient-overlap'
        ELSE 'chair-occupied' END
      INTO refusal
      FROM (
        -- What was booked before, unless a command up to this one has changed it.
        SELECT CASE WHEN a.site = revision_sites[revision] AND a.chair = revision_chairs[revision]
          THEN 'chair-overlap' ELSE 'patient-overlap' END AS why
        FROM infusion.overlapping_appointments(
          tenant, live, revision_sites[revision], revision_chairs[revision],
          stream_ids[revision_commands[revision]], revision_starts[revision],
          revision_ends[revision]) a
        WHERE a.appointment_id <> revision_appointments[revision]
          AND NOT EXISTS (
            SELECT FROM unnest(revision_appointments, revision_commands)
              AS changed (appointment_id, command)
            WHERE changed.appointment_id = a.appointment_id
              AND changed.command <= revision_commands[revision] AND stands[changed.command])
        UNION ALL
        -- Who sat in the chair before, unless a command up to this one has changed it.
        SELECT 'chair-occupied'
        FROM infusion.seated_appointments(
          tenant, live, revision_sites[revision], revision_chairs[revision],
          CASE revision_statuses[revision]
            WHEN 'checked-in' THEN revision_starts[revision] ELSE decided_at END) a
        WHERE decided_at IS NOT NULL
          AND (revision_statuses[revision] = 'checked-in'
            OR revision_starts[revision] <= decided_at AND a.ends_at <= decided_at)
          AND a.appointment_id <> revision_appointments[revision]
          AND NOT EXISTS (
            SELECT FROM unnest(revision_appointments, revision_commands)
              AS changed (appointment_id, command)
            WHERE changed.appointment_id = a.appointment_id
              AND changed.command <= revision_commands[revision] AND stands[changed.command])
        UNION ALL
        -- What this batch has booked, unless it has also changed it again.
        SELECT CASE
          WHEN other.starts_at >= revision_ends[revision] OR other.ends_at <= revision_starts[revision]
            THEN 'chair-occupied'
          WHEN other.site = revision_sites[revision] AND other.chair = revision_chairs[revision]
            THEN 'chair-overlap'
          ELSE 'patient-overlap' END
        FROM unnest(
          revision_commands, revision_next_commands, revision_appointments, revision_starts,
          revision_ends, revision_sites, revision_chairs, revision_statuses
        ) WITH ORDINALITY AS other (
          command, next_command, appointment_id, starts_at, ends_at, site, chair, status, ordinal)
        WHERE other.ordinal < revision AND stands[other.command]
          AND other.status IN ('pending', 'booked', 'arrived', 'checked-in')
          AND other.appointment_id <> revision_appointments[revision]
          AND (other.starts_at < revision_ends[revision]
              AND other.ends_at > revision_starts[revision]
              AND (other.site = revision_sites[revision] AND other.chair = revision_chairs[revision]
                OR stream_ids[other.command] = stream_ids[revision_commands[revision]])
            OR other.site = revision_sites[revision] AND other.chair = revision_chairs[revision]
              AND other.status = 'checked-in' AND decided_at IS NOT NULL
              AND CASE revision_statuses[revision]
                WHEN 'checked-in'
                THEN other.starts_at > revision_starts[revision] - interval '24 hours'
                ELSE revision_starts[revision] <= decided_at AND other.ends_at <= decided_at
                  AND other.starts_at > decided_at - interval '24 hours' END)
          AND NOT (other.next_command BETWEEN 1 AND revision_commands[revision]
            AND stands[other.next_command])
      ) taken
      HAVING count(*) > 0;
    IF NOT FOUND AND cardinality(taking_revisions) > 0 THEN
      refusal := infusion.nurse_shortage(
        tenant, live, revision, stands, decided_ats, revision_commands, revision_next_commands,
        revision_appointments, revision_starts, revision_ends, revision_sites, revision_statuses,
        taking_revisions, taking_limits, taking_quarters, taking_alloweds);
    END IF;
    IF refusal IS NOT NULL THEN
      IF refusals IS NULL THEN
        refusals := array_fill(NULL::text, ARRAY[cardinality(command_ids)]);
      END IF;
      refusals[revision_commands[revision]] := refusal;
      FOR later IN revision_commands[revision] .. cardinality(command_ids) LOOP
        IF stream_ids[later] = stream_ids[revision_commands[revision]] THEN
          stands[later] := false;
        END IF;
      END LOOP;
    END IF;
  END LOOP;
  RETURN refusals;
END
$function$;
