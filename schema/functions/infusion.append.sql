-- Appends a batch to the log and writes the inline projections of what was appended, in one
-- transaction.
--
-- The first twenty-two parameters are event_log.append's. `sites`, `fold_versions`, `documents` and
-- `decided_ats` have one element per command; the other arrays have one per row, each naming its
-- command by ordinal.
--
-- Invariants:
--  1. The tenant's lock is held before a chair, a nurse or a vial is judged, so two bookings cannot both find
--     it free, nor a site change beneath one.
--  2. Rows are written for commands whose outcome is 'appended', and for nothing else.
--  3. Rows come with versions and are stored with positions: the events of a command are dense, so
--     the position of one is counted back from the command's last.
--  4. `…_next_commands` and `…_next_versions` name what closes a row within this very batch, 0 for
--     nothing; `is_first` marks what closes a row written before it. Pairing them by the sender is
--     safe: when a link of a chain is not appended, no later one of its stream is.
--
-- Plans: the functions called from here keep one generic plan per session, which may be made before
-- there is a row or a statistic, when every index that starts with the tenant looks as good as
-- every other. So each lookup asks for the order of the index it is to use, and sorting is switched
-- off; rows found that way are updated by their place. A wrong plan would read a whole tenant for
-- one row.
CREATE OR REPLACE FUNCTION infusion.append(
  tenant                 uuid,
  command_ids            uuid[],
  fingerprints           bytea[],
  stream_categories      text[],
  stream_ids             uuid[],
  expected_versions      bigint[],
  actors                 text[],
  correlation_ids        uuid[],
  causations             bigint[],
  rule_sets              text[],
  answers                bytea[],
  event_counts           integer[],
  event_ends             integer[],
  event_commands         integer[],
  event_versions         bigint[],
  event_types            text[],
  payload_versions       smallint[],
  effective_ats          timestamptz[],
  payloads               bytea[],
  token_counts           integer[],
  tokens                 bytea[],
  erasures               boolean[],

  sites                  text[],
  fold_versions          integer[],
  documents              bytea[],
  decided_ats            timestamptz[],

  opening_commands       integer[],
  opening_versions       bigint[],
  opening_next_commands  integer[],
  opening_next_versions  bigint[],
  opening_next_reasons   text[],
  opening_rules          text[],
  opening_anchors        bigint[],
  opening_rule_versions  integer[],
  opening_earliest       date[],
  opening_due            date[],
  opening_overdue_after  date[],
  opening_urgencies      smallint[],
  opening_sites          text[],
  opening_reasons        text[],
  opening_tests          text[],      -- names, comma-separated
  opening_evidence       text[],      -- versions, comma-separated

  closing_commands       integer[],
  closing_versions       bigint[],
  closing_rules          text[],
  closing_anchors        bigint[],
  closing_reasons        text[],

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
  revision_held_untils   timestamptz[], -- NULL for none
  revision_overriddens   boolean[],
  revision_stocks        text[],      -- '' for none

  ask_commands           integer[],
  ask_sites              uuid[],      -- streams
  ask_versions           bigint[],
  ask_revisions          integer[],   -- ordinals
  ask_products           text[],      -- '' where no vials are asked for
  ask_positions          bigint[],
  taking_revisions       integer[],   -- ordinals
  taking_limits          text[],
  taking_quarters        timestamptz[],
  taking_alloweds        integer[],

  reference_commands     integer[],
  reference_versions     bigint[],
  reference_kinds        text[],
  reference_ids          uuid[],

  waiting_commands       integer[],
  waiting_versions       bigint[],
  waiting_next_commands  integer[],
  waiting_next_versions  bigint[],
  waiting_is_first       boolean[],
  waiting_orders         uuid[],
  waiting_statuses       text[],
  waiting_appointments   uuid[],
  waiting_until          timestamptz[],
  waiting_urgencies      smallint[],
  waiting_due            date[],
  waiting_since          timestamptz[],
  waiting_sites          text[],
  waiting_minutes        integer[],
  waiting_earliest       date[],
  waiting_latest         date[],
  waiting_weekdays       smallint[],
  waiting_hours_from     smallint[],
  waiting_hours_until    smallint[],
  waiting_notice_hours   integer[]
) RETURNS SETOF event_log.append_result
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_generic_plan
AS $function$
DECLARE
  refusals       text[];
  results        event_log.append_result[];
  -- Of the commands that wrote events; 0 for all others.
  last_positions bigint[];
  last_versions  bigint[];
BEGIN
  IF cardinality(revision_commands) > 0 THEN
    PERFORM event_log.lock_tenant(append.tenant);
    refusals := infusion.judge_reservations(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
      event_counts,
      infusion.judge_sites(
        append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
        event_counts,
        event_log.judge_subjects(
          append.tenant, command_ids, fingerprints, stream_categories, stream_ids,
          expected_versions, event_counts, token_counts, tokens),
        ask_commands, ask_sites, ask_versions, ask_revisions, ask_products, ask_positions,
        revision_commands, revision_appointments, revision_sites, revision_stocks),
      decided_ats, revision_commands, revision_next_commands, revision_appointments,
      revision_starts, revision_ends, revision_sites, revision_chairs, revision_statuses,
      taking_revisions, taking_limits, taking_quarters, taking_alloweds);
  END IF;

  results := ARRAY(
    SELECT r FROM event_log.append(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
      actors, correlation_ids, causations, rule_sets, answers, event_counts, event_ends,
      event_commands, event_versions, event_types, payload_versions, effective_ats, payloads, token_counts, tokens, erasures, refusals) AS r
    ORDER BY r.ordinal);

  IF results[1].ordinal = 0 THEN
    -- Every command was appended, one after another.
    last_positions := ARRAY(
      SELECT results[1].head - cardinality(event_commands) + c.event_end
      FROM unnest(event_ends) WITH ORDINALITY AS c (event_end, ordinal) ORDER BY c.ordinal);
    last_versions := ARRAY(
      SELECT c.expected_version + c.event_count
      FROM unnest(expected_versions, event_counts) WITH ORDINALITY
        AS c (expected_version, event_count, ordinal)
      ORDER BY c.ordinal);
  ELSE
    SELECT
      array_agg(
        CASE r.outcome WHEN 'appended' THEN coalesce(r.last_position, 0) ELSE 0 END
        ORDER BY r.ordinal),
      array_agg(coalesce(r.version, 0) ORDER BY r.ordinal)
    INTO last_positions, last_versions
    FROM unnest(results) AS r;
  END IF;

  PERFORM infusion.write_patient_states(
    append.tenant, stream_ids, last_positions, last_versions, sites, fold_versions, documents);
  IF cardinality(reference_commands) > 0 THEN
    PERFORM infusion.write_references(
      append.tenant, stream_ids, last_positions, last_versions,
      reference_commands, reference_versions, reference_kinds, reference_ids);
  END IF;
  IF cardinality(closing_commands) > 0 THEN
    PERFORM infusion.close_rechecks(
      append.tenant, stream_ids, last_positions, last_versions,
      closing_commands, closing_versions, closing_rules, closing_anchors, closing_reasons);
  END IF;
  IF cardinality(opening_commands) > 0 THEN
    PERFORM infusion.open_rechecks(
      append.tenant, stream_ids, last_positions, last_versions,
      opening_commands, opening_versions, opening_next_commands, opening_next_versions,
      opening_next_reasons, opening_rules, opening_anchors, opening_rule_versions,
      opening_earliest, opening_due, opening_overdue_after, opening_urgencies, opening_sites,
      opening_reasons, opening_tests, opening_evidence);
  END IF;
  IF cardinality(revision_commands) > 0 THEN
    PERFORM infusion.revise_appointments(
      append.tenant, stream_ids, last_positions, last_versions,
      revision_commands, revision_versions, revision_next_commands, revision_next_versions,
      revision_is_first, revision_appointments, revision_orders, revision_starts, revision_ends,
      revision_sites, revision_chairs, revision_statuses, revision_held_untils,
      revision_overriddens, revision_stocks);
  END IF;
  IF cardinality(taking_revisions) > 0 THEN
    PERFORM infusion.write_nurse_load(
      append.tenant, last_positions, revision_commands, revision_sites, taking_revisions,
      taking_limits, taking_quarters, taking_alloweds);
  END IF;
  IF cardinality(waiting_commands) > 0 THEN
    PERFORM infusion.revise_waitlist(
      append.tenant, stream_ids, last_positions, last_versions,
      waiting_commands, waiting_versions, waiting_next_commands, waiting_next_versions,
      waiting_is_first, waiting_orders, waiting_statuses, waiting_appointments, waiting_until,
      waiting_urgencies, waiting_due, waiting_since, waiting_sites, waiting_minutes,
      waiting_earliest, waiting_latest, waiting_weekdays, waiting_hours_from, waiting_hours_until,
      waiting_notice_hours);
  END IF;
  RETURN QUERY SELECT (r).* FROM unnest(results) AS r;
END
$function$;
