-- Called by event_log.append for a batch in which not everything is as its commands expect: judges
-- each command and writes those that hold. The lock is held; `epoch`, `last_position` and `recorded`
-- are what was read behind it, and `refusals` what is judged so far.
--
-- The arrays are held against each other first. What is found by its ordinal begins at 1, as an array
-- need not; the ends are the running sum of the counts; each event is one of its command's, and its
-- version is as far from the expected one as its place among them says.
CREATE OR REPLACE FUNCTION event_log.append_judged(
  tenant            uuid,
  command_ids       uuid[],
  fingerprints      bytea[],
  stream_categories text[],
  stream_ids        uuid[],
  expected_versions bigint[],
  actors            text[],
  correlation_ids   uuid[],
  causations        bigint[],
  rule_sets         text[],
  answers           bytea[],
  event_counts      integer[],
  event_ends        integer[],
  event_commands    integer[],
  event_versions    bigint[],
  event_types       text[],
  payload_versions  smallint[],
  effective_ats     timestamptz[],
  payloads          bytea[],
  token_counts      integer[],
  tokens            bytea[],
  erasures          boolean[],
  refusals          text[],
  epoch             integer,
  last_position     bigint,
  recorded          timestamptz
) RETURNS SETOF event_log.append_result
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  outcomes        event_log.append_outcome[];
  found_versions  bigint[];
  first_positions bigint[];
  known_ids       uuid[];
  appended_events bigint;
  inserted_events bigint;
BEGIN
  IF EXISTS (SELECT FROM unnest(stream_categories) AS c WHERE c !~ '^[a-z]{1,32}$') THEN
    RAISE EXCEPTION 'a stream category is not a lower-case word' USING ERRCODE = 'LG006';
  END IF;
  IF 1 <> ANY (ARRAY[
      array_lower(command_ids, 1), array_lower(stream_categories, 1), array_lower(stream_ids, 1),
      array_lower(expected_versions, 1), array_lower(actors, 1), array_lower(correlation_ids, 1),
      array_lower(causations, 1), array_lower(rule_sets, 1), array_lower(event_counts, 1),
      array_lower(event_ends, 1)])
    OR EXISTS (
      SELECT FROM unnest(command_ids, expected_versions, event_counts, event_ends) WITH ORDINALITY
        AS c (command_id, expected_version, event_count, event_end, ordinal)
      WHERE (c.command_id IS NOT NULL AND c.expected_version >= 0 AND c.event_count >= 0
        AND c.event_end - c.event_count
          = CASE c.ordinal WHEN 1 THEN 0 ELSE event_ends[c.ordinal - 1] END) IS NOT TRUE)
    OR EXISTS (
      SELECT FROM unnest(event_commands, event_versions) WITH ORDINALITY
        AS e (command, version, ordinal)
      WHERE (e.ordinal <= event_ends[e.command]
        AND e.version > expected_versions[e.command]
        AND e.version = expected_versions[e.command]
          + e.ordinal - event_ends[e.command] + event_counts[e.command]) IS NOT TRUE)
  THEN
    RAISE EXCEPTION 'the arrays of a batch do not fit together' USING ERRCODE = 'LG006';
  END IF;

  SELECT
    array_agg(j.outcome ORDER BY j.ordinal),
    array_agg(j.found_version ORDER BY j.ordinal),
    array_agg(last_position + 1 + j.appended_before ORDER BY j.ordinal),
    array_agg(j.known_id ORDER BY j.ordinal),
    coalesce(sum(j.event_count) FILTER (WHERE j.outcome = 'appended'), 0)
  INTO outcomes, found_versions, first_positions, known_ids, appended_events
  FROM (
    SELECT o.ordinal, o.event_count, o.found_version, o.outcome, o.known_id,
      coalesce(sum(o.event_count) FILTER (WHERE o.outcome = 'appended') OVER earlier, 0)
        AS appended_before
    FROM event_log.judge(
      append_judged.tenant, command_ids, fingerprints, stream_categories, stream_ids,
      expected_versions, event_counts, refusals) o
    WINDOW earlier AS (ORDER BY o.ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ) j;

  IF appended_events > 0 THEN
    INSERT INTO event_log.events (
      tenant_id, position, stream_id, version, command_id, correlation_id, recorded_at,
      effective_at, causation, log_epoch, payload_version, stream_category, event_type, actor,
      rule_set, payload)
    SELECT
      append_judged.tenant,
      -- Counted back from the command's last event.
      first_positions[e.command] + event_counts[e.command] - 1 - event_ends[e.command] + e.ordinal,
      stream_ids[e.command], e.version, command_ids[e.command], correlation_ids[e.command], recorded,
      e.effective_at, causations[e.command], epoch, e.payload_version,
      stream_categories[e.command], e.event_type, actors[e.command], rule_sets[e.command], e.payload
    FROM unnest(
        event_commands, event_versions, event_types, payload_versions, effective_ats, payloads)
      WITH ORDINALITY
      AS e (command, version, event_type, payload_version, effective_at, payload, ordinal)
    WHERE outcomes[e.command] = 'appended';
    GET DIAGNOSTICS inserted_events = ROW_COUNT;
    IF inserted_events <> appended_events THEN
      RAISE EXCEPTION 'the arrays of a batch do not fit together' USING ERRCODE = 'LG006';
    END IF;
  END IF;

  IF 'appended' = ANY (outcomes) THEN
    INSERT INTO event_log.commands (
      tenant_id, command_id, stream_id, recorded_at, version, head, first_position, last_position,
      stream_category, fingerprint, answer)
    SELECT
      append_judged.tenant, c.command_id, c.stream_id, recorded, c.found_version + c.event_count,
      c.first_position + c.event_count - 1,
      CASE WHEN c.event_count > 0 THEN c.first_position END,
      CASE WHEN c.event_count > 0 THEN c.first_position + c.event_count - 1 END,
      c.stream_category, c.fingerprint, c.answer
    FROM unnest(
      outcomes, command_ids, stream_ids, found_versions, event_counts, first_positions,
      stream_categories, fingerprints, answers
    ) AS c (
      outcome, command_id, stream_id, found_version, event_count, first_position,
      stream_category, fingerprint, answer)
    WHERE c.outcome = 'appended';
    IF true = ANY (erasures) OR cardinality(array_remove(token_counts, NULL)) > 0 THEN
      PERFORM event_log.write_subjects(
        append_judged.tenant, stream_ids,
        ARRAY(SELECT o = 'appended' FROM unnest(outcomes) WITH ORDINALITY AS u (o, n) ORDER BY n),
        token_counts, tokens, erasures, recorded);
    END IF;
  END IF;

  RETURN QUERY
    SELECT
      c.ordinal::integer, c.outcome,
      CASE c.outcome
        WHEN 'appended' THEN c.found_version + c.event_count
        WHEN 'conflict' THEN c.found_version
        ELSE known.version
      END,
      CASE c.outcome WHEN 'appended' THEN c.first_position + c.event_count - 1 ELSE known.head END,
      CASE
        WHEN c.outcome <> 'appended' THEN known.first_position
        WHEN c.event_count > 0 THEN c.first_position
      END,
      CASE
        WHEN c.outcome <> 'appended' THEN known.last_position
        WHEN c.event_count > 0 THEN c.first_position + c.event_count - 1
      END,
      CASE c.outcome WHEN 'appended' THEN recorded ELSE known.recorded_at END,
      CASE c.outcome WHEN 'unavailable' THEN c.refusal END,
      known.stream_category, known.stream_id, known.fingerprint, known.answer
    FROM unnest(outcomes, known_ids, found_versions, first_positions, event_counts, refusals)
      WITH ORDINALITY
      AS c (outcome, known_id, found_version, first_position, event_count, refusal, ordinal)
    -- NULL, and nothing is looked up, unless the first answer is wanted. LIMIT keeps this a lookup
    -- by key for each row, never a join; and the id comes as a column, since comparing enums is not
    -- leakproof and under a policy would not become an index condition.
    LEFT JOIN LATERAL (
      SELECT k.* FROM event_log.commands k
      WHERE k.tenant_id = append_judged.tenant AND k.command_id = c.known_id
      LIMIT 1
    ) known ON true
    ORDER BY c.ordinal;
END
$function$;
