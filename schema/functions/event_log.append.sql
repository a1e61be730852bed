-- Appends a batch of accepted commands to one tenant's log, each judged on its own.
--
-- Invariants (architecture §2):
--  1. The tenant's row is locked, and not updated, before anything is read. The statements after the
--     lock take fresh snapshots (READ COMMITTED, asserted), so they see every commit waited for.
--  2. Positions and versions go on from what is then the last: dense by construction.
--  3. Every judgement is a value; event_log.judge says in which order. Commands for one stream form
--     a chain: after a link that is not newly appended the later ones are `undecided`. So is a
--     second command with the same id whose first was not appended.
--  4. recorded_at is taken after the lock and never runs against position.
--
-- `event_counts[i]` says how many of the flat event arrays belong to command i, in order. One row
-- comes back per command, in order; a caller that writes more rows in the same transaction (inline
-- projections) takes those whose outcome is 'appended' and nothing else.
--
-- `token_counts[i]` of the tokens belong to command i, and replace those of its stream's subject; NULL
-- leaves them. `erasures[i]` destroys the subject's key. Both happen with the append or not at all.
-- `refusals` is what a caller has judged behind the lock, event_log.judge_subjects included; NULL if
-- nothing was judged yet.
--
-- Defined by the owner: the appender has no INSERT on any table of the log. Row-level security holds
-- for the owner too, so the tenant must be set, and must be the one named.
CREATE OR REPLACE FUNCTION event_log.append(
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
  event_types       text[],
  payload_versions  smallint[],
  effective_ats     timestamptz[],
  payloads          bytea[],
  token_counts      integer[],
  tokens            bytea[],
  erasures          boolean[],
  refusals          text[] DEFAULT NULL
) RETURNS SETOF event_log.append_result
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  -- Planning costs more than running a small batch, and every access here is by key, whatever the
  -- size of batch or table: one generic plan, and no room for it to be made while the table is small
  -- and to be wrong, by a factor of a hundred, when it has grown.
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
DECLARE
  epoch           integer;
  last_position   bigint;
  recorded        timestamptz;
  outcomes        event_log.append_outcome[];
  found_versions  bigint[];
  first_positions bigint[];
  first_events    integer[];
  known_ids       uuid[];
  event_commands  integer[];
  appended_events bigint;
  inserted_events bigint;
BEGIN
  epoch := event_log.lock_tenant(append.tenant);

  SELECT e.position, greatest(e.recorded_at, clock_timestamp()) INTO last_position, recorded
    FROM event_log.events e WHERE e.tenant_id = append.tenant
    ORDER BY e.position DESC LIMIT 1;
  IF NOT FOUND THEN
    last_position := 0;
    recorded := clock_timestamp();
  END IF;

  IF refusals IS NULL THEN
    refusals := event_log.judge_subjects(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
      event_counts, token_counts, tokens);
  END IF;

  SELECT
    array_agg(j.outcome ORDER BY j.ordinal),
    array_agg(j.found_version ORDER BY j.ordinal),
    array_agg(last_position + 1 + j.appended_before ORDER BY j.ordinal),
    array_agg(1 + j.events_before ORDER BY j.ordinal),
    array_agg(j.known_id ORDER BY j.ordinal),
    coalesce(sum(j.event_count) FILTER (WHERE j.outcome = 'appended'), 0)
  INTO outcomes, found_versions, first_positions, first_events, known_ids, appended_events
  FROM (
    SELECT o.ordinal, o.event_count, o.found_version, o.outcome, o.known_id,
      coalesce(sum(o.event_count) FILTER (WHERE o.outcome = 'appended') OVER earlier, 0)
        AS appended_before,
      coalesce(sum(o.event_count) OVER earlier, 0)::integer AS events_before
    FROM event_log.judge(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids,
      expected_versions, event_counts, refusals) o
    WINDOW earlier AS (ORDER BY o.ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  ) j;

  IF appended_events > 0 THEN
    event_commands := ARRAY(
      SELECT c.ordinal::integer
      FROM unnest(event_counts) WITH ORDINALITY AS c (event_count, ordinal),
        generate_series(1, c.event_count)
      ORDER BY c.ordinal);
    IF cardinality(event_commands) <> ALL (ARRAY[
      cardinality(event_types), cardinality(payload_versions), cardinality(effective_ats),
      cardinality(payloads)])
    THEN
      RAISE EXCEPTION 'the arrays of a batch do not fit together' USING ERRCODE = 'LG006';
    END IF;
    INSERT INTO event_log.events (
      tenant_id, position, stream_id, version, command_id, correlation_id, recorded_at,
      effective_at, causation, log_epoch, payload_version, stream_category, event_type, actor,
      rule_set, payload)
    SELECT
      append.tenant,
      first_positions[e.command] + e.ordinal - first_events[e.command],
      stream_ids[e.command],
      found_versions[e.command] + 1 + e.ordinal - first_events[e.command],
      command_ids[e.command], correlation_ids[e.command], recorded,
      e.effective_at, causations[e.command], epoch, e.payload_version,
      stream_categories[e.command], e.event_type, actors[e.command], rule_sets[e.command], e.payload
    FROM unnest(event_commands, event_types, payload_versions, effective_ats, payloads)
      WITH ORDINALITY
      AS e (command, event_type, payload_version, effective_at, payload, ordinal)
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
      append.tenant, c.command_id, c.stream_id, recorded, c.found_version + c.event_count,
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
        append.tenant, stream_ids,
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
      WHERE k.tenant_id = append.tenant AND k.command_id = c.known_id
      LIMIT 1
    ) known ON true
    ORDER BY c.ordinal;
END
$function$;
