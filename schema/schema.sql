-- What a freshly migrated database looks like: pg_dump --schema-only, without its
-- comments and settings. Written by a test; see MigratorTests.swift.

CREATE SCHEMA event_log;
ALTER SCHEMA event_log OWNER TO ferrovia_owner;
CREATE SCHEMA infusion;
ALTER SCHEMA infusion OWNER TO ferrovia_owner;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA infusion;
COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';
CREATE TYPE event_log.append_outcome AS ENUM (
    'appended',
    'duplicate',
    'fingerprint_mismatch',
    'conflict',
    'unavailable',
    'undecided',
    'category_mismatch'
);
ALTER TYPE event_log.append_outcome OWNER TO ferrovia_owner;
CREATE TYPE event_log.append_result AS (
	ordinal integer,
	outcome event_log.append_outcome,
	version bigint,
	head bigint,
	first_position bigint,
	last_position bigint,
	recorded_at timestamp with time zone,
	reason text,
	stream_category text,
	stream_id uuid,
	fingerprint bytea,
	answer bytea
);
ALTER TYPE event_log.append_result OWNER TO ferrovia_owner;
CREATE TYPE event_log.checkpoint_state AS (
	partition smallint,
	fencing_token bigint,
	"position" bigint,
	log_epoch integer
);
ALTER TYPE event_log.checkpoint_state OWNER TO ferrovia_owner;
CREATE TYPE event_log.subject_key_state AS (
	state text,
	wrapped_key bytea,
	wrapping_key_id text,
	created_at timestamp with time zone,
	erased_at timestamp with time zone,
	lost_at timestamp with time zone
);
ALTER TYPE event_log.subject_key_state OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.acquire_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, held smallint[], lease_milliseconds bigint) RETURNS SETOF event_log.checkpoint_state
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  now_at      timestamptz := clock_timestamp();
  owners      integer;
  -- The share of each, rounded down and up.
  least_share integer;
  most_share  integer;
  wanted      smallint[];
  seen        bigint[];
BEGIN
  PERFORM event_log.open_partitions(tenant, projection_name, partition_count);
  SELECT 1 + count(DISTINCT c.owner_name) INTO owners FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.leased_until > now_at AND c.owner_name <> new_owner;
  least_share := partition_count / owners;
  most_share := ceil(partition_count::numeric / owners);
  -- What is free is taken up to the share rounded up; what is not only by who has less than the share
  -- rounded down, and from who has more: so nothing goes to and fro.
  SELECT array_agg(t.partition), array_agg(t.fencing_token) INTO wanted, seen
  FROM (
    SELECT c.partition, c.fencing_token, c.is_free,
      row_number() OVER (ORDER BY NOT c.is_free, c.rank DESC, c.partition) AS place
    FROM (
      SELECT k.partition, k.fencing_token,
        k.leased_until <= now_at OR k.owner_name = new_owner AS is_free,
        row_number() OVER (PARTITION BY k.owner_name ORDER BY k.partition) AS rank
      FROM event_log.checkpoints k
      WHERE k.tenant_id = tenant AND k.projection = projection_name AND k.partition <> ALL (held)
    ) c
    WHERE c.is_free OR c.rank > least_share
  ) t
  WHERE t.place + cardinality(held)
    <= CASE WHEN t.is_free THEN most_share ELSE least_share END;
  RETURN QUERY
  WITH taken AS (
    SELECT c.partition AS number FROM event_log.checkpoints c
      WHERE c.tenant_id = tenant AND c.projection = projection_name
        AND (c.partition, c.fencing_token) IN (
          SELECT w.partition, w.token FROM unnest(wanted, seen) AS w (partition, token))
      ORDER BY c.partition
      FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE event_log.checkpoints c
    SET fencing_token = c.fencing_token + 1, owner_name = new_owner,
      leased_until = clock_timestamp() + lease_milliseconds * interval '1 millisecond'
    FROM taken
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = taken.number
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$$;
ALTER FUNCTION event_log.acquire_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, held smallint[], lease_milliseconds bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.advance_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], from_positions bigint[], to_position bigint, lease_milliseconds bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  epoch   integer;
  reached bigint;
  moved   integer;
BEGIN
  -- In the order of its key: this may be planned before there is a row or a statistic, when the other
  -- index of the log looks as good, of which the tenant alone is searched by. A session keeps its plans.
  SELECT e.log_epoch, e.position INTO epoch, reached FROM event_log.events e
    WHERE e.tenant_id = tenant AND e.position <= to_position
    ORDER BY e.position DESC LIMIT 1;
  IF NOT FOUND OR reached <> to_position OR to_position < ANY (from_positions) THEN
    RAISE EXCEPTION 'a checkpoint cannot move from % to %', from_positions, to_position
      USING ERRCODE = 'LG007';
  END IF;
  -- Whoever is paused now, with these rows locked, must not keep its heirs waiting for longer than its
  -- lease.
  IF lease_milliseconds IS NOT NULL THEN
    PERFORM set_config(
      'idle_in_transaction_session_timeout', greatest(lease_milliseconds, 1)::text, true);
  END IF;
  -- Always in the same order, so that two who move the same ones wait and never cross.
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = ANY (partitions)
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  UPDATE event_log.checkpoints c
    SET position = to_position, log_epoch = epoch, updated_at = clock_timestamp(),
      leased_until = coalesce(
        clock_timestamp() + lease_milliseconds * interval '1 millisecond', c.leased_until)
    FROM unnest(partitions, tokens, from_positions) AS mine (partition, token, position)
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.partition = mine.partition AND c.fencing_token = mine.token
      AND c.position = mine.position;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(partitions) THEN
    RAISE EXCEPTION 'a checkpoint of projection % belongs to somebody else', projection_name
      USING ERRCODE = 'LG004';
  END IF;
END
$$;
ALTER FUNCTION event_log.advance_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], from_positions bigint[], to_position bigint, lease_milliseconds bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[] DEFAULT NULL::text[]) RETURNS SETOF event_log.append_result
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $_$
DECLARE
  epoch         integer := event_log.lock_tenant(append.tenant);
  last_position bigint;
  recorded      timestamptz;
  is_plain      boolean;
  -- Whether any command changes something about its subject.
  has_subjects  boolean :=
    true = ANY (erasures) OR cardinality(array_remove(token_counts, NULL)) > 0;
BEGIN
  SELECT e.position, greatest(e.recorded_at, clock_timestamp()) INTO last_position, recorded
    FROM event_log.events e WHERE e.tenant_id = append.tenant
    ORDER BY e.position DESC LIMIT 1;
  IF NOT FOUND THEN
    last_position := 0;
    recorded := clock_timestamp();
  END IF;
  -- What no caller may write, whoever it is.
  IF 0 >= ANY (payload_versions) OR '' = ANY (event_types) OR 0 >= ANY (causations)
    OR last_position < ANY (causations) OR cardinality(event_ends) <> cardinality(command_ids)
    OR cardinality(event_commands) <> ANY (ARRAY[
      cardinality(event_versions), cardinality(event_types), cardinality(payload_versions),
      cardinality(effective_ats), cardinality(payloads)])
    OR cardinality(event_commands) <> coalesce(event_ends[cardinality(event_ends)], 0)
  THEN
    RAISE EXCEPTION 'no batch is like this' USING ERRCODE = 'LG006';
  END IF;
  IF has_subjects AND refusals IS NULL THEN
    refusals := event_log.judge_subjects(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
      event_counts, token_counts, tokens);
  END IF;
  -- A command without events leaves nothing behind that a key could refuse.
  is_plain := NOT 0 >= ANY (event_counts)
    AND coalesce(cardinality(array_remove(refusals, NULL)), 0) = 0;
  IF is_plain THEN
    BEGIN
      -- First, since it is the cheaper half, and a retry among strangers is found here.
      INSERT INTO event_log.commands (
        tenant_id, command_id, stream_id, recorded_at, version, head, first_position,
        last_position, stream_category, fingerprint, answer)
      SELECT
        append.tenant, c.command_id, c.stream_id, recorded, c.expected_version + c.event_count,
        last_position + c.event_end, last_position + c.event_end - c.event_count + 1,
        last_position + c.event_end, c.stream_category, c.fingerprint, c.answer
      FROM unnest(
        command_ids, stream_ids, expected_versions, event_counts, event_ends, stream_categories,
        fingerprints, answers
      ) AS c (
        command_id, stream_id, expected_version, event_count, event_end, stream_category,
        fingerprint, answer);
      INSERT INTO event_log.events (
        tenant_id, position, stream_id, version, command_id, correlation_id, recorded_at,
        effective_at, causation, log_epoch, payload_version, stream_category, event_type, actor,
        rule_set, payload)
      SELECT
        append.tenant, last_position + e.ordinal, stream_ids[e.command],
        -- NULL, which the table refuses, unless the event is one of its command's and has the version
        -- that follows from its place among them.
        CASE WHEN e.ordinal <= event_ends[e.command]
          AND e.version > expected_versions[e.command]
          AND e.version = expected_versions[e.command]
            + e.ordinal - event_ends[e.command] + event_counts[e.command] THEN e.version END,
        command_ids[e.command], correlation_ids[e.command], recorded, e.effective_at,
        causations[e.command], epoch, e.payload_version, stream_categories[e.command],
        e.event_type, actors[e.command], rule_sets[e.command], e.payload
      FROM unnest(
          event_commands, event_versions, event_types, payload_versions, effective_ats, payloads)
        WITH ORDINALITY
        AS e (command, version, event_type, payload_version, effective_at, payload, ordinal);
      -- Each command begins where the one before it ends, and goes on from an event of its stream that
      -- is there and was before it.
      SELECT coalesce(bool_and(
        c.event_end - c.event_count
          = CASE c.ordinal WHEN 1 THEN 0 ELSE event_ends[c.ordinal - 1] END
        AND CASE WHEN c.expected_version = 0 THEN c.stream_category ~ '^[a-z]{1,32}$'
          ELSE coalesce((
            SELECT e.stream_category = c.stream_category
              AND e.position <= last_position + c.event_end - c.event_count
            FROM event_log.events e
            WHERE e.tenant_id = append.tenant AND e.stream_id = c.stream_id
              AND e.version = c.expected_version), false)
        END), true) INTO is_plain
      FROM unnest(stream_ids, stream_categories, expected_versions, event_counts, event_ends)
        WITH ORDINALITY
        AS c (stream_id, stream_category, expected_version, event_count, event_end, ordinal);
      IF NOT is_plain THEN
        RAISE EXCEPTION 'a batch is not as expected' USING ERRCODE = 'LG008';
      END IF;
    EXCEPTION WHEN unique_violation OR not_null_violation OR SQLSTATE 'LG008' THEN
      is_plain := false;
    END;
  END IF;
  IF NOT is_plain THEN
    RETURN QUERY SELECT * FROM event_log.append_judged(
      append.tenant, command_ids, fingerprints, stream_categories, stream_ids, expected_versions,
      actors, correlation_ids, causations, rule_sets, answers, event_counts, event_ends,
      event_commands, event_versions, event_types, payload_versions, effective_ats, payloads,
      token_counts, tokens, erasures, refusals, epoch, last_position, recorded);
    RETURN;
  END IF;
  IF has_subjects THEN
    PERFORM event_log.write_subjects(
      append.tenant, stream_ids, array_fill(true, ARRAY[cardinality(command_ids)]), token_counts,
      tokens, erasures, recorded);
  END IF;
  RETURN NEXT ROW(
    0, 'appended', NULL, last_position + cardinality(event_commands), NULL, NULL, recorded, NULL,
    NULL, NULL, NULL, NULL)::event_log.append_result;
END
$_$;
ALTER FUNCTION event_log.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.append_judged(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[], epoch integer, last_position bigint, recorded timestamp with time zone) RETURNS SETOF event_log.append_result
    LANGUAGE plpgsql
    AS $_$
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
$_$;
ALTER FUNCTION event_log.append_judged(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[], epoch integer, last_position bigint, recorded timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.begin_import(tenant uuid, import uuid, expected_head bigint) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  since timestamptz;
  head  bigint;
BEGIN
  -- As event_log.lock_tenant does, whoever is importing: what is read next is what was waited for.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'import under isolation level %: it must be read committed',
      current_setting('transaction_isolation') USING ERRCODE = 'LG002';
  END IF;
  SELECT t.importing_since INTO since
    FROM event_log.tenants t WHERE t.tenant_id = begin_import.tenant FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such tenant' USING ERRCODE = 'LG001';
  END IF;
  head := coalesce(
    (SELECT e.position FROM event_log.events e WHERE e.tenant_id = begin_import.tenant
      ORDER BY e.position DESC LIMIT 1), 0);
  IF since IS NOT NULL OR head = expected_head THEN
    UPDATE event_log.tenants t
      SET importing = import, importing_since = coalesce(since, clock_timestamp())
      WHERE t.tenant_id = begin_import.tenant;
  END IF;
  RETURN head;
END
$$;
ALTER FUNCTION event_log.begin_import(tenant uuid, import uuid, expected_head bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.create_tenant(tenant uuid, tenant_name text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO event_log.tenants (tenant_id, name) VALUES (tenant, tenant_name)
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    RETURN 'created';
  END IF;
  RETURN coalesce(
    (SELECT CASE WHEN t.name = tenant_name THEN 'exists' ELSE 'id_taken' END
      FROM event_log.tenants t WHERE t.tenant_id = tenant),
    'name_taken');
END
$$;
ALTER FUNCTION event_log.create_tenant(tenant uuid, tenant_name text) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('ferrovia.tenant_id'::text, true), ''::text))::uuid;
ALTER FUNCTION event_log.current_tenant() OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.find_subject(tenant uuid, wanted_token bytea) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  RETURN (SELECT b.subject_id FROM event_log.blind_index b
    WHERE b.tenant_id = tenant AND b.token = wanted_token);
END
$$;
ALTER FUNCTION event_log.find_subject(tenant uuid, wanted_token bytea) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.finish_import(tenant uuid, import uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  UPDATE event_log.tenants t
    SET importing = NULL, importing_since = NULL,
      log_epoch = greatest(t.log_epoch, (
        SELECT e.log_epoch FROM event_log.events e WHERE e.tenant_id = finish_import.tenant
        ORDER BY e.position DESC LIMIT 1))
    WHERE t.tenant_id = finish_import.tenant AND t.importing = import;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the import has been taken over' USING ERRCODE = 'LG009';
  END IF;
END
$$;
ALTER FUNCTION event_log.finish_import(tenant uuid, import uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.get_subject_key(tenant uuid, subject uuid) RETURNS event_log.subject_key_state
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  answer event_log.subject_key_state;
BEGIN
  SELECT CASE WHEN k.erased_at IS NULL THEN 'present' ELSE 'erased' END,
      k.wrapped_key, k.wrapping_key_id, k.created_at, k.erased_at, k.lost_at
    INTO answer
    FROM event_log.subject_keys k WHERE k.tenant_id = tenant AND k.subject_id = subject;
  IF NOT FOUND THEN
    answer.state := 'absent';
  END IF;
  RETURN answer;
END
$$;
ALTER FUNCTION event_log.get_subject_key(tenant uuid, subject uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.import_events(tenant uuid, import uuid, last_before bigint, stream_ids uuid[], versions bigint[], event_commands uuid[], correlation_ids uuid[], recorded_ats timestamp with time zone[], effective_ats timestamp with time zone[], causations bigint[], log_epochs integer[], payload_versions smallint[], stream_categories text[], event_types text[], actors text[], rule_sets text[], payloads bytea[], command_ids uuid[], command_stream_ids uuid[], command_recorded_ats timestamp with time zone[], command_versions bigint[], command_heads bigint[], command_event_counts integer[], command_categories text[], fingerprints bytea[], answers bytea[], erased_ids uuid[], erased_ats timestamp with time zone[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    AS $_$
DECLARE
  batch_head CONSTANT bigint := last_before + cardinality(stream_ids);
  is_good    boolean;
BEGIN
  PERFORM event_log.lock_tenant(import_events.tenant);
  IF NOT EXISTS (SELECT FROM event_log.tenants t
    WHERE t.tenant_id = import_events.tenant AND t.importing = import)
  THEN
    RAISE EXCEPTION 'the import has been taken over' USING ERRCODE = 'LG009';
  END IF;
  IF last_before <> coalesce(
    (SELECT e.position FROM event_log.events e WHERE e.tenant_id = import_events.tenant
      ORDER BY e.position DESC LIMIT 1), 0)
  THEN
    RAISE EXCEPTION 'the batch does not begin where the log ends' USING ERRCODE = 'LG010';
  END IF;
  INSERT INTO event_log.events (
    tenant_id, position, stream_id, version, command_id, correlation_id, recorded_at, effective_at,
    causation, log_epoch, payload_version, stream_category, event_type, actor, rule_set, payload)
  SELECT
    import_events.tenant, last_before + e.ordinal, e.stream_id, e.version, e.command_id,
    e.correlation_id, e.recorded_at, e.effective_at, e.causation, e.log_epoch, e.payload_version,
    e.stream_category, e.event_type, e.actor, e.rule_set, e.payload
  FROM unnest(
      stream_ids, versions, event_commands, correlation_ids, recorded_ats, effective_ats, causations,
      log_epochs, payload_versions, stream_categories, event_types, actors, rule_sets, payloads)
    WITH ORDINALITY
    AS e (stream_id, version, command_id, correlation_id, recorded_at, effective_at, causation,
      log_epoch, payload_version, stream_category, event_type, actor, rule_set, payload, ordinal);
  INSERT INTO event_log.commands (
    tenant_id, command_id, stream_id, recorded_at, version, head, first_position, last_position,
    stream_category, fingerprint, answer)
  SELECT
    import_events.tenant, c.command_id, c.stream_id, c.recorded_at, c.version, c.head,
    CASE WHEN c.event_count > 0 THEN c.head - c.event_count + 1 END,
    CASE WHEN c.event_count > 0 THEN c.head END, c.stream_category, c.fingerprint, c.answer
  FROM unnest(
    command_ids, command_stream_ids, command_recorded_ats, command_versions, command_heads,
    command_event_counts, command_categories, fingerprints, answers
  ) AS c (
    command_id, stream_id, recorded_at, version, head, event_count, stream_category, fingerprint,
    answer);
  -- Each event against the one before it in the log, the one before it in its stream, and its command.
  -- Commands have as many events as there are, and no event lies outside its own command's: so each has
  -- exactly those it says, one after another.
  SELECT count(*) = cardinality(stream_ids)
    AND cardinality(stream_ids) = (SELECT coalesce(sum(n), 0) FROM unnest(command_event_counts) AS n)
    AND coalesce(bool_and(
      e.payload_version > 0 AND e.event_type <> '' AND e.stream_category ~ '^[a-z]{1,32}$'
      AND coalesce(e.causation > 0 AND e.causation < e.position, true)
      AND e.log_epoch > 0 AND e.recorded_at <= clock_timestamp()
      AND coalesce(e.recorded_at >= e.recorded_before AND e.log_epoch >= e.epoch_before, true)
      AND CASE
        WHEN e.version_before IS NOT NULL
        THEN e.version = e.version_before + 1 AND e.stream_category = e.category_before
        WHEN e.version = 1 THEN true
        ELSE coalesce((
          SELECT b.stream_category = e.stream_category AND b.position <= last_before
          FROM event_log.events b
          WHERE b.tenant_id = import_events.tenant AND b.stream_id = e.stream_id
            AND b.version = e.version - 1), false)
      END
      AND e.position > c.head - c.event_count AND e.position <= c.head
      AND e.stream_id = c.stream_id AND e.stream_category = c.stream_category
      AND e.recorded_at = c.recorded_at AND (e.position < c.head OR e.version = c.version)
    ), true) INTO is_good
  FROM (
    SELECT w.position, w.stream_id, w.version, w.command_id, w.causation, w.log_epoch,
      w.payload_version, w.recorded_at, w.stream_category, w.event_type,
      lag(w.recorded_at) OVER log_order AS recorded_before,
      lag(w.log_epoch) OVER log_order AS epoch_before,
      lag(w.version) OVER stream_order AS version_before,
      lag(w.stream_category) OVER stream_order AS category_before
    FROM event_log.events w
    -- The last one before as well, for its time and its epoch.
    WHERE w.tenant_id = import_events.tenant AND w.position >= last_before
    WINDOW log_order AS (ORDER BY w.position),
      stream_order AS (PARTITION BY w.stream_id ORDER BY w.position)
  ) e
  JOIN unnest(
    command_ids, command_stream_ids, command_recorded_ats, command_versions, command_heads,
    command_event_counts, command_categories
  ) AS c (command_id, stream_id, recorded_at, version, head, event_count, stream_category)
    ON c.command_id = e.command_id
  WHERE e.position > last_before;
  IF NOT is_good THEN
    RAISE EXCEPTION 'an event does not follow from what is before it' USING ERRCODE = 'LG010';
  END IF;
  IF EXISTS (
    SELECT FROM unnest(
      command_recorded_ats, command_versions, command_heads, command_event_counts,
      command_categories
    ) AS c (recorded_at, version, head, event_count, stream_category)
    WHERE c.event_count < 0 OR c.version < 0 OR c.head < last_before
      OR c.head > batch_head OR c.recorded_at > clock_timestamp()
      OR c.stream_category !~ '^[a-z]{1,32}$')
  THEN
    RAISE EXCEPTION 'a command is not as one was accepted' USING ERRCODE = 'LG010';
  END IF;
  INSERT INTO event_log.subject_keys AS k (tenant_id, subject_id, created_at, erased_at)
    SELECT import_events.tenant, e.subject_id, e.erased_at, e.erased_at
    FROM unnest(erased_ids, erased_ats) AS e (subject_id, erased_at)
  ON CONFLICT (tenant_id, subject_id) DO UPDATE
    SET wrapped_key = NULL, wrapping_key_id = NULL, erased_at = excluded.erased_at
    WHERE k.erased_at IS NULL;
  DELETE FROM event_log.blind_index b
    WHERE b.tenant_id = import_events.tenant AND b.subject_id = ANY (erased_ids);
END
$_$;
ALTER FUNCTION event_log.import_events(tenant uuid, import uuid, last_before bigint, stream_ids uuid[], versions bigint[], event_commands uuid[], correlation_ids uuid[], recorded_ats timestamp with time zone[], effective_ats timestamp with time zone[], causations bigint[], log_epochs integer[], payload_versions smallint[], stream_categories text[], event_types text[], actors text[], rule_sets text[], payloads bytea[], command_ids uuid[], command_stream_ids uuid[], command_recorded_ats timestamp with time zone[], command_versions bigint[], command_heads bigint[], command_event_counts integer[], command_categories text[], fingerprints bytea[], answers bytea[], erased_ids uuid[], erased_ats timestamp with time zone[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.import_subjects(tenant uuid, import uuid, subject_ids uuid[], created_ats timestamp with time zone[], new_erased_ats timestamp with time zone[], new_lost_ats timestamp with time zone[], wrapping_key_ids text[], wrapped_keys bytea[], token_owners uuid[], new_tokens bytea[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  PERFORM event_log.lock_tenant(import_subjects.tenant);
  IF NOT EXISTS (SELECT FROM event_log.tenants t
    WHERE t.tenant_id = import_subjects.tenant AND t.importing = import)
  THEN
    RAISE EXCEPTION 'the import has been taken over' USING ERRCODE = 'LG009';
  END IF;
  INSERT INTO event_log.subject_keys AS k (
    tenant_id, subject_id, created_at, erased_at, lost_at, wrapping_key_id, wrapped_key)
    SELECT import_subjects.tenant, s.subject_id, s.created_at, s.erased_at, s.lost_at,
      s.wrapping_key_id, s.wrapped_key
    FROM unnest(
      subject_ids, created_ats, new_erased_ats, new_lost_ats, wrapping_key_ids, wrapped_keys
    ) AS s (subject_id, created_at, erased_at, lost_at, wrapping_key_id, wrapped_key)
  ON CONFLICT (tenant_id, subject_id) DO UPDATE
    -- An erasure that came with its event knows when, but not since when there had been a key.
    SET created_at = excluded.created_at, wrapped_key = NULL, wrapping_key_id = NULL,
      erased_at = coalesce(k.erased_at, excluded.erased_at), lost_at = excluded.lost_at
    WHERE excluded.erased_at IS NOT NULL;
  DELETE FROM event_log.blind_index b USING event_log.subject_keys k
    WHERE b.tenant_id = import_subjects.tenant AND b.subject_id = ANY (subject_ids)
      AND k.tenant_id = b.tenant_id AND k.subject_id = b.subject_id AND k.erased_at IS NOT NULL;
  INSERT INTO event_log.blind_index (tenant_id, token, subject_id)
    SELECT import_subjects.tenant, t.token, t.subject_id
    FROM unnest(new_tokens, token_owners) AS t (token, subject_id)
    WHERE NOT EXISTS (SELECT FROM event_log.subject_keys k
      WHERE k.tenant_id = import_subjects.tenant AND k.subject_id = t.subject_id
        AND k.erased_at IS NOT NULL)
  ON CONFLICT (tenant_id, token) DO NOTHING;
END
$$;
ALTER FUNCTION event_log.import_subjects(tenant uuid, import uuid, subject_ids uuid[], created_ats timestamp with time zone[], new_erased_ats timestamp with time zone[], new_lost_ats timestamp with time zone[], wrapping_key_ids text[], wrapped_keys bytea[], token_owners uuid[], new_tokens bytea[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.importing_since(tenant uuid) RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  SELECT t.importing_since FROM event_log.tenants t WHERE t.tenant_id = tenant
$$;
ALTER FUNCTION event_log.importing_since(tenant uuid) OWNER TO ferrovia_owner;
CREATE TABLE event_log.commands (
    tenant_id uuid NOT NULL,
    command_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    head bigint NOT NULL,
    first_position bigint,
    last_position bigint,
    stream_category text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    answer bytea NOT NULL
)
WITH (fillfactor='100');
ALTER TABLE ONLY event_log.commands FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.commands OWNER TO ferrovia_owner;
COMMENT ON TABLE event_log.commands IS 'Accepted commands, for ever. Never updated or deleted.';
COMMENT ON COLUMN event_log.commands.version IS 'The version of the stream after the command.';
COMMENT ON COLUMN event_log.commands.head IS 'The last position of the log after the command: what its answer rests on.';
COMMENT ON COLUMN event_log.commands.first_position IS 'NULL for a command that changed nothing.';
CREATE TABLE event_log.events (
    tenant_id uuid NOT NULL,
    "position" bigint NOT NULL,
    stream_id uuid NOT NULL,
    version bigint NOT NULL,
    command_id uuid NOT NULL,
    correlation_id uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    causation bigint,
    log_epoch integer NOT NULL,
    payload_version smallint NOT NULL,
    stream_category text NOT NULL COLLATE pg_catalog."C",
    event_type text NOT NULL COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    rule_set text NOT NULL COLLATE pg_catalog."C",
    payload bytea NOT NULL
)
WITH (fillfactor='100');
ALTER TABLE ONLY event_log.events ALTER COLUMN payload SET COMPRESSION lz4;
ALTER TABLE ONLY event_log.events FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.events OWNER TO ferrovia_owner;
COMMENT ON TABLE event_log.events IS 'One gapless, totally ordered log per tenant: max(position) = count(*). Never updated or deleted.';
COMMENT ON COLUMN event_log.events.recorded_at IS 'When the log learned it; never runs against position.';
COMMENT ON COLUMN event_log.events.effective_at IS 'When it happened in the world.';
COMMENT ON COLUMN event_log.events.payload IS 'JSON text, the exact bytes written; see events_readable for people.';
CREATE FUNCTION event_log.judge(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[]) RETURNS TABLE(ordinal integer, event_count integer, found_version bigint, outcome event_log.append_outcome, known_id uuid)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT judged.ordinal,
     judged.event_count,
     judged.found_version,
     judged.outcome,
         CASE
             WHEN (judged.outcome = ANY (ARRAY['duplicate'::event_log.append_outcome, 'fingerprint_mismatch'::event_log.append_outcome])) THEN judged.command_id
             ELSE NULL::uuid
         END AS "case"
    FROM ( SELECT chained.ordinal,
             chained.event_count,
             chained.found_version,
             chained.command_id,
             (
                 CASE
                     WHEN chained.is_known THEN
                     CASE
                         WHEN chained.is_same THEN 'duplicate'::text
                         ELSE 'fingerprint_mismatch'::text
                     END
                     WHEN (NOT chained.is_first_of_id) THEN
                     CASE
                         WHEN (NOT first_value(chained.holds_so_far) OVER same_id) THEN 'undecided'::text
                         WHEN (chained.fingerprint = first_value(chained.fingerprint) OVER same_id) THEN 'duplicate'::text
                         ELSE 'fingerprint_mismatch'::text
                     END
                     WHEN chained.holds_so_far THEN 'appended'::text
                     WHEN (NOT COALESCE(lag(chained.holds_so_far) OVER same_stream, true)) THEN 'undecided'::text
                     WHEN (NOT chained.is_of_category) THEN 'category_mismatch'::text
                     WHEN (chained.expected_version <> chained.found_version) THEN 'conflict'::text
                     ELSE 'unavailable'::text
                 END)::event_log.append_outcome AS outcome
            FROM ( SELECT link.ordinal,
                     link.command_id,
                     link.stream_id,
                     link.fingerprint,
                     link.event_count,
                     link.expected_version,
                     link.is_refused,
                     link.is_known,
                     link.is_same,
                     link.is_first_of_id,
                     link.is_of_category,
                     link.found_version,
                     bool_and(((NOT link.is_known) AND link.is_first_of_id AND link.is_of_category AND (NOT link.is_refused) AND (link.expected_version = link.found_version))) OVER (PARTITION BY link.stream_id ORDER BY link.ordinal) AS holds_so_far
                    FROM ( SELECT (c.ordinal)::integer AS ordinal,
                             c.command_id,
                             c.stream_id,
                             c.fingerprint,
                             c.event_count,
                             c.expected_version,
                             (c.refusal IS NOT NULL) AS is_refused,
                             (known.fingerprint IS NOT NULL) AS is_known,
                             (known.fingerprint = c.fingerprint) AS is_same,
                             (c.ordinal = min(c.ordinal) OVER (PARTITION BY c.command_id)) AS is_first_of_id,
                             (c.stream_category = COALESCE(head.stream_category, first_value(c.stream_category) OVER (PARTITION BY c.stream_id ORDER BY c.ordinal))) AS is_of_category,
                             (COALESCE(head.version, (0)::bigint) + COALESCE(sum(c.event_count) OVER (PARTITION BY c.stream_id ORDER BY c.ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), (0)::bigint)) AS found_version
                            FROM ((UNNEST(judge.command_ids, judge.fingerprints, judge.stream_categories, judge.stream_ids, judge.expected_versions, judge.event_counts, judge.refusals) WITH ORDINALITY c(command_id, fingerprint, stream_category, stream_id, expected_version, event_count, refusal, ordinal)
                              LEFT JOIN LATERAL ( SELECT k.fingerprint
                                    FROM event_log.commands k
                                   WHERE ((k.tenant_id = judge.tenant) AND (k.command_id = c.command_id))
                                  LIMIT 1) known ON (true))
                              LEFT JOIN LATERAL ( SELECT e.version,
                                     e.stream_category
                                    FROM event_log.events e
                                   WHERE ((e.tenant_id = judge.tenant) AND (e.stream_id = c.stream_id))
                                   ORDER BY e.version DESC
                                  LIMIT 1) head ON (true))) link) chained
           WINDOW same_id AS (PARTITION BY chained.command_id ORDER BY chained.ordinal), same_stream AS (PARTITION BY chained.stream_id ORDER BY chained.ordinal)) judged;
END;
ALTER FUNCTION event_log.judge(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.judge_subjects(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], token_counts integer[], tokens bytea[]) RETURNS text[]
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
DECLARE
  refusals  text[];
  -- The command that claims tokens[i].
  claimants integer[];
  -- Whether the command is going to be appended, as far as is known.
  stands    boolean[];
  contested integer;
BEGIN
  IF cardinality(array_remove(token_counts, NULL)) = 0 THEN
    RETURN NULL;
  END IF;
  claimants := ARRAY(
    SELECT c.ordinal::integer
    FROM unnest(token_counts) WITH ORDINALITY AS c (token_count, ordinal),
      generate_series(1, c.token_count)
    ORDER BY c.ordinal);
  IF cardinality(claimants) <> cardinality(tokens) THEN
    RAISE EXCEPTION 'the arrays of a batch do not fit together' USING ERRCODE = 'LG006';
  END IF;
  refusals := ARRAY(
    SELECT CASE
      WHEN c.token_count IS NULL THEN NULL
      WHEN (SELECT k.erased_at FROM event_log.subject_keys k
        WHERE k.tenant_id = tenant AND k.subject_id = c.stream_id) IS NOT NULL
      THEN 'subject-erased'
      WHEN EXISTS (
        SELECT FROM unnest(tokens, claimants) AS claim (token, claimant)
        WHERE claim.claimant = c.ordinal
          AND (SELECT b.subject_id FROM event_log.blind_index b
            WHERE b.tenant_id = judge_subjects.tenant AND b.token = claim.token) <> c.stream_id)
      THEN 'token-taken'
    END
    FROM unnest(stream_ids, token_counts) WITH ORDINALITY AS c (stream_id, token_count, ordinal)
    ORDER BY c.ordinal);
  FOR contested IN
    SELECT DISTINCT later.claimant
    FROM unnest(tokens, claimants) AS later (token, claimant)
    JOIN unnest(tokens, claimants) AS earlier (token, claimant) USING (token)
    WHERE earlier.claimant < later.claimant
      AND stream_ids[earlier.claimant] <> stream_ids[later.claimant]
    ORDER BY later.claimant
  LOOP
    IF stands IS NULL THEN
      stands := ARRAY(
        SELECT j.outcome = 'appended'
        FROM event_log.judge(
          judge_subjects.tenant, command_ids, fingerprints, stream_categories, stream_ids,
          expected_versions, event_counts, refusals) j
        ORDER BY j.ordinal);
    END IF;
    CONTINUE WHEN NOT stands[contested] OR NOT EXISTS (
      SELECT FROM unnest(tokens, claimants) AS later (token, claimant)
      JOIN unnest(tokens, claimants) AS earlier (token, claimant) USING (token)
      WHERE later.claimant = contested AND earlier.claimant < contested
        AND stands[earlier.claimant]
        AND stream_ids[earlier.claimant] <> stream_ids[contested]);
    refusals[contested] := 'token-taken';
    FOR later IN contested .. cardinality(command_ids) LOOP
      IF stream_ids[later] = stream_ids[contested] THEN
        stands[later] := false;
      END IF;
    END LOOP;
  END LOOP;
  RETURN refusals;
END
$$;
ALTER FUNCTION event_log.judge_subjects(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], token_counts integer[], tokens bytea[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.list_tenants() RETURNS TABLE(tenant_id uuid, name text, created_at timestamp with time zone, log_epoch integer)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  SELECT t.tenant_id, t.name, t.created_at, t.log_epoch FROM event_log.tenants t ORDER BY t.name
$$;
ALTER FUNCTION event_log.list_tenants() OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.lock_tenant(tenant uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  epoch    integer;
  importer uuid;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'append under isolation level %: it must be read committed',
      current_setting('transaction_isolation') USING ERRCODE = 'LG002';
  END IF;
  IF tenant IS DISTINCT FROM event_log.current_tenant() THEN
    RAISE EXCEPTION 'the tenant named is not the tenant set' USING ERRCODE = 'LG003';
  END IF;
  SELECT t.log_epoch, t.importing INTO epoch, importer
    FROM event_log.tenants t WHERE t.tenant_id = tenant FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such tenant' USING ERRCODE = 'LG001';
  END IF;
  IF importer IS NOT NULL
    AND importer::text IS DISTINCT FROM current_setting('ferrovia.importing', true)
  THEN
    RAISE EXCEPTION 'the log is being imported' USING ERRCODE = 'LG009';
  END IF;
  RETURN epoch;
END
$$;
ALTER FUNCTION event_log.lock_tenant(tenant uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.open_partitions(tenant uuid, projection_name text, partition_count integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  IF partition_count = (SELECT count(*) FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name)
  THEN
    RETURN;
  END IF;
  INSERT INTO event_log.checkpoints (tenant_id, projection, partition, owner_name)
    VALUES (tenant, projection_name, 0, '') ON CONFLICT DO NOTHING;
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = 0
    FOR NO KEY UPDATE;
  INSERT INTO event_log.checkpoints (
    tenant_id, projection, partition, owner_name, position, log_epoch)
    SELECT tenant, projection_name, p, '', c.position, c.log_epoch
    FROM event_log.checkpoints c CROSS JOIN generate_series(1, partition_count - 1) AS p
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = 0
    ORDER BY p
  ON CONFLICT DO NOTHING;
END
$$;
ALTER FUNCTION event_log.open_partitions(tenant uuid, projection_name text, partition_count integer) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  known   bigint := 0;  -- recorded at or before `instant`
  unknown bigint;       -- recorded after it, or not yet there
  probe   bigint;
BEGIN
  SELECT e.position + 1 INTO unknown FROM event_log.events e
    WHERE e.tenant_id = position_at.tenant ORDER BY e.position DESC LIMIT 1;
  unknown := coalesce(unknown, 1);
  WHILE unknown - known > 1 LOOP
    probe := (known + unknown) / 2;
    IF (SELECT e.recorded_at FROM event_log.events e
        WHERE e.tenant_id = position_at.tenant AND e.position = probe) <= instant
    THEN
      known := probe;
    ELSE
      unknown := probe;
    END IF;
  END LOOP;
  RETURN known;
END
$$;
ALTER FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.put_subject_key(tenant uuid, subject uuid, new_wrapped_key bytea, new_wrapping_key_id text) RETURNS event_log.subject_key_state
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO event_log.subject_keys (tenant_id, subject_id, wrapped_key, wrapping_key_id)
    VALUES (tenant, subject, new_wrapped_key, new_wrapping_key_id)
    ON CONFLICT (tenant_id, subject_id) DO NOTHING;
  RETURN event_log.get_subject_key(tenant, subject);
END
$$;
ALTER FUNCTION event_log.put_subject_key(tenant uuid, subject uuid, new_wrapped_key bytea, new_wrapping_key_id text) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.raise_log_epoch() RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  WITH raised AS (
    UPDATE event_log.tenants SET log_epoch = log_epoch + 1 RETURNING log_epoch
  )
  SELECT coalesce(max(log_epoch), 0) FROM raised
$$;
ALTER FUNCTION event_log.raise_log_epoch() OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: nothing in the log is changed or removed',
    TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'LG005';
END
$$;
ALTER FUNCTION event_log.refuse_change() OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.renew_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], lease_milliseconds bigint) RETURNS SETOF event_log.checkpoint_state
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = ANY (partitions)
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  RETURN QUERY
  UPDATE event_log.checkpoints c
    SET leased_until = CASE
      WHEN lease_milliseconds > 0 THEN clock_timestamp() + lease_milliseconds * interval '1 millisecond'
      ELSE '-infinity' END
    FROM unnest(partitions, tokens) AS mine (partition, token)
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.partition = mine.partition AND c.fencing_token = mine.token
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$$;
ALTER FUNCTION event_log.renew_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], lease_milliseconds bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.replace_subject_key(tenant uuid, subject uuid, old_wrapped_key bytea, new_wrapped_key bytea, new_wrapping_key_id text, is_new boolean) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  UPDATE event_log.subject_keys k
    SET wrapped_key = new_wrapped_key, wrapping_key_id = new_wrapping_key_id,
      lost_at = CASE WHEN is_new THEN clock_timestamp() ELSE k.lost_at END
    WHERE k.tenant_id = tenant AND k.subject_id = subject AND k.wrapped_key = old_wrapped_key;
  RETURN FOUND;
END
$$;
ALTER FUNCTION event_log.replace_subject_key(tenant uuid, subject uuid, old_wrapped_key bytea, new_wrapped_key bytea, new_wrapping_key_id text, is_new boolean) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.require_whole(tenant uuid, command_ids uuid[], fingerprints bytea[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  IF EXISTS (
    SELECT FROM unnest(command_ids, fingerprints) AS c (command_id, fingerprint)
    WHERE (
      SELECT k.fingerprint FROM event_log.commands k
      WHERE k.tenant_id = require_whole.tenant AND k.command_id = c.command_id
      LIMIT 1  -- a lookup by key for each row, never a join
    ) IS DISTINCT FROM c.fingerprint)
  THEN
    RAISE EXCEPTION 'not all of a bound batch could be appended' USING ERRCODE = 'LG011';
  END IF;
END
$$;
ALTER FUNCTION event_log.require_whole(tenant uuid, command_ids uuid[], fingerprints bytea[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.see_tenant(tenant text) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  importer uuid;
BEGIN
  PERFORM pg_catalog.set_config('ferrovia.tenant_id', tenant, true);
  SELECT t.importing INTO importer FROM event_log.tenants t
    WHERE t.tenant_id OPERATOR(pg_catalog.=) tenant::pg_catalog.uuid;
  IF importer IS NOT NULL
    AND importer::pg_catalog.text IS DISTINCT FROM
      pg_catalog.current_setting('ferrovia.importing', true)
  THEN
    RAISE EXCEPTION 'the log is being imported' USING ERRCODE = 'LG009';
  END IF;
END
$$;
ALTER FUNCTION event_log.see_tenant(tenant text) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.subjects_of_log(tenant uuid, after uuid, page_size integer) RETURNS TABLE(subject_id uuid, created_at timestamp with time zone, erased_at timestamp with time zone, lost_at timestamp with time zone, wrapping_key_id text, wrapped_key bytea, tokens bytea[])
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  SELECT k.subject_id, k.created_at, k.erased_at, k.lost_at, k.wrapping_key_id, k.wrapped_key,
    ARRAY(SELECT b.token FROM event_log.blind_index b
      WHERE b.tenant_id = k.tenant_id AND b.subject_id = k.subject_id ORDER BY b.token)
  FROM event_log.subject_keys k
  WHERE k.tenant_id = tenant AND k.subject_id > after
  ORDER BY k.subject_id LIMIT page_size
$$;
ALTER FUNCTION event_log.subjects_of_log(tenant uuid, after uuid, page_size integer) OWNER TO ferrovia_owner;
CREATE TABLE event_log.subject_keys (
    tenant_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    erased_at timestamp with time zone,
    wrapping_key_id text COLLATE pg_catalog."C",
    wrapped_key bytea,
    lost_at timestamp with time zone,
    CONSTRAINT key_is_there_unless_erased CHECK ((((erased_at IS NULL) = (wrapped_key IS NOT NULL)) AND ((erased_at IS NULL) = (wrapping_key_id IS NOT NULL))))
);
ALTER TABLE ONLY event_log.subject_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.subject_keys OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.subjects_under_key(tenant uuid, wrapping_key text, after_subject uuid, page_limit integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    BEGIN ATOMIC
 SELECT k.subject_id
    FROM event_log.subject_keys k
   WHERE ((k.tenant_id = subjects_under_key.tenant) AND (k.wrapping_key_id = subjects_under_key.wrapping_key) AND (k.subject_id > COALESCE(subjects_under_key.after_subject, '00000000-0000-0000-0000-000000000000'::uuid)))
   ORDER BY k.tenant_id, k.wrapping_key_id, k.subject_id
  LIMIT subjects_under_key.page_limit;
END;
ALTER FUNCTION event_log.subjects_under_key(tenant uuid, wrapping_key text, after_subject uuid, page_limit integer) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.take_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, wanted smallint[]) RETURNS SETOF event_log.checkpoint_state
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  PERFORM event_log.open_partitions(tenant, projection_name, partition_count);
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND (wanted IS NULL OR c.partition = ANY (wanted))
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  RETURN QUERY
  UPDATE event_log.checkpoints c
    SET fencing_token = c.fencing_token + 1, owner_name = new_owner, leased_until = '-infinity'
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND (wanted IS NULL OR c.partition = ANY (wanted))
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$$;
ALTER FUNCTION event_log.take_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, wanted smallint[]) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.wrapping_keys(tenant uuid) RETURNS TABLE(wrapping_key_id text, subject_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
DECLARE
  last text := '';
BEGIN
  LOOP
    SELECT k.wrapping_key_id, k.subject_id INTO wrapping_key_id, subject_id
      FROM event_log.subject_keys k
      WHERE k.tenant_id = tenant AND k.wrapping_key_id > last
      ORDER BY k.tenant_id, k.wrapping_key_id, k.subject_id LIMIT 1;
    EXIT WHEN NOT FOUND;
    RETURN NEXT;
    last := wrapping_key_id;
  END LOOP;
END
$$;
ALTER FUNCTION event_log.wrapping_keys(tenant uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION event_log.write_subjects(tenant uuid, stream_ids uuid[], appended boolean[], token_counts integer[], tokens bytea[], erasures boolean[], recorded timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  -- Of each subject that changes, its last command; and of that, the tokens.
  changes     integer[];
  kept_tokens bytea[];
  kept_for    uuid[];
  last_change integer;
  entered     bigint;
BEGIN
  changes := ARRAY(
    SELECT max(c.ordinal)::integer
    FROM unnest(stream_ids, appended, token_counts, erasures) WITH ORDINALITY
      AS c (stream_id, appended, token_count, erasure, ordinal)
    WHERE c.appended AND (c.erasure OR c.token_count IS NOT NULL)
    GROUP BY c.stream_id);
  SELECT array_agg(tokens[claim.place]), array_agg(claim.stream_id) INTO kept_tokens, kept_for
  FROM (
    SELECT row_number() OVER (ORDER BY c.ordinal, n) AS place, c.ordinal, c.stream_id
    FROM unnest(stream_ids, token_counts) WITH ORDINALITY AS c (stream_id, token_count, ordinal),
      generate_series(1, c.token_count) AS n
  ) claim
  WHERE claim.ordinal = ANY (changes);
  INSERT INTO event_log.subject_keys AS k (tenant_id, subject_id, erased_at)
    SELECT write_subjects.tenant, stream_ids[change], recorded
    FROM unnest(changes) AS change WHERE erasures[change]
  ON CONFLICT (tenant_id, subject_id) DO UPDATE
    SET wrapped_key = NULL, wrapping_key_id = NULL, erased_at = excluded.erased_at
    WHERE k.erased_at IS NULL;
  -- One after another: a join that was planned before there was a row or a statistic reads the tokens of
  -- all the tenant's subjects for one of them, for as long as the session keeps the plan.
  FOREACH last_change IN ARRAY changes LOOP
    DELETE FROM event_log.blind_index b
      WHERE b.tenant_id = write_subjects.tenant AND b.subject_id = stream_ids[last_change]
        AND b.token <> ALL (coalesce(kept_tokens, '{}'));
  END LOOP;
  INSERT INTO event_log.blind_index AS b (tenant_id, token, subject_id)
    SELECT write_subjects.tenant, kept.token, kept.subject_id
    FROM unnest(kept_tokens, kept_for) AS kept (token, subject_id)
  ON CONFLICT (tenant_id, token) DO UPDATE SET subject_id = excluded.subject_id
    WHERE b.subject_id = excluded.subject_id;
  GET DIAGNOSTICS entered = ROW_COUNT;
  IF entered <> coalesce(cardinality(kept_tokens), 0) THEN
    RAISE EXCEPTION 'a token leads to two subjects: it was not judged' USING ERRCODE = 'LG008';
  END IF;
END
$$;
ALTER FUNCTION event_log.write_subjects(tenant uuid, stream_ids uuid[], appended boolean[], token_counts integer[], tokens bytea[], erasures boolean[], recorded timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.advance_rebuild(tenant uuid, own_filler uuid, new_through uuid, new_reached bigint, new_patients bigint, new_events bigint, new_live_rows bigint[], new_rebuilt_rows bigint[], new_live_digests bytea[], new_rebuilt_digests bytea[], new_differing_counts bigint[], new_differing_projections text[], new_differing_rows text[], new_differences text[], new_parked_patients uuid[], new_parked_positions bigint[], new_parked_classes text[], new_parked_messages text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  UPDATE infusion.rebuilds r
    SET through = new_through, reached = new_reached, patients = new_patients, events = new_events,
      live_rows = new_live_rows, rebuilt_rows = new_rebuilt_rows, live_digests = new_live_digests,
      rebuilt_digests = new_rebuilt_digests, differing_counts = new_differing_counts,
      differing_projections = new_differing_projections, differing_rows = new_differing_rows,
      differences = new_differences, moved_at = clock_timestamp(), parked_patients = new_parked_patients,
      parked_positions = new_parked_positions, parked_classes = new_parked_classes,
      parked_messages = new_parked_messages
    WHERE r.tenant_id = tenant AND r.filler = own_filler;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the rebuild has been taken over' USING ERRCODE = 'IP001';
  END IF;
END
$$;
ALTER FUNCTION infusion.advance_rebuild(tenant uuid, own_filler uuid, new_through uuid, new_reached bigint, new_patients bigint, new_events bigint, new_live_rows bigint[], new_rebuilt_rows bigint[], new_live_digests bytea[], new_rebuilt_digests bytea[], new_differing_counts bigint[], new_differing_projections text[], new_differing_rows text[], new_differences text[], new_parked_patients uuid[], new_parked_positions bigint[], new_parked_classes text[], new_parked_messages text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], sites text[], fold_versions integer[], documents bytea[], decided_ats timestamp with time zone[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) RETURNS SETOF event_log.append_result
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
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
$$;
ALTER FUNCTION infusion.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], sites text[], fold_versions integer[], documents bytea[], decided_ats timestamp with time zone[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) OWNER TO ferrovia_owner;
CREATE TABLE infusion.rebuilds (
    tenant_id uuid NOT NULL,
    filler uuid NOT NULL,
    through uuid NOT NULL,
    head bigint NOT NULL,
    reached bigint NOT NULL,
    patients bigint NOT NULL,
    events bigint NOT NULL,
    folding text NOT NULL,
    projections text[] NOT NULL COLLATE pg_catalog."C",
    generations integer[] NOT NULL,
    live_rows bigint[] NOT NULL,
    rebuilt_rows bigint[] NOT NULL,
    live_digests bytea[] NOT NULL,
    rebuilt_digests bytea[] NOT NULL,
    differing_rows text[] NOT NULL,
    differences text[] NOT NULL,
    parked_patients uuid[] NOT NULL,
    parked_positions bigint[] NOT NULL,
    parked_classes text[] NOT NULL,
    parked_messages text[] NOT NULL,
    begun_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    moved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    differing_counts bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    differing_projections text[] DEFAULT '{}'::text[] NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT reached_is_not_before_head CHECK ((reached >= head))
);
ALTER TABLE ONLY infusion.rebuilds FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.rebuilds OWNER TO ferrovia_owner;
COMMENT ON TABLE infusion.rebuilds IS 'Rebuilds that have begun and are not switched yet.';
CREATE FUNCTION infusion.begin_rebuild(tenant uuid, wanted text[], starter uuid, wanted_folding text, from_scratch boolean) RETURNS infusion.rebuilds
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  found     infusion.rebuilds;
  beginning infusion.rebuilds;
  lowest    CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  INSERT INTO infusion.rebuilds AS r
    VALUES (
      tenant, starter, lowest, 0, 0, 0, 0, wanted_folding, '{}', '{}', '{}', '{}', '{}', '{}', '{}',
      '{}', '{}', '{}', '{}', '{}')
  ON CONFLICT (tenant_id) DO UPDATE SET filler = starter, moved_at = clock_timestamp()
  RETURNING r.* INTO found;
  IF NOT from_scratch AND found.projections <> '{}' AND found.projections <> wanted THEN
    RAISE EXCEPTION 'a rebuild of other projections is not finished' USING ERRCODE = 'IP002';
  END IF;
  IF NOT from_scratch AND found.projections = wanted AND found.folding = wanted_folding
    AND NOT EXISTS (
      SELECT FROM unnest(found.projections, found.generations) AS f (projection, filling)
      LEFT JOIN infusion.generations g
        ON g.tenant_id = tenant AND g.projection = f.projection AND g.building = f.filling
      WHERE g.tenant_id IS NULL)
  THEN
    RETURN found;
  END IF;
  -- What was left behind is nobody's now, and will be discarded.
  UPDATE infusion.generations g SET building = g.building + 1
    WHERE g.tenant_id = tenant AND g.projection = ANY (found.projections);
  INSERT INTO infusion.generations AS g (tenant_id, projection, generation, building)
    SELECT tenant, w.projection, 1, 2 FROM unnest(wanted) AS w (projection)
  ON CONFLICT (tenant_id, projection) DO UPDATE
    SET building = greatest(g.generation, coalesce(g.building, 0)) + 1;
  UPDATE infusion.rebuilds r
    SET through = lowest, head = l.head, reached = l.head, patients = 0, events = 0,
      folding = wanted_folding, projections = wanted,
      generations = ARRAY(
        SELECT g.building FROM unnest(wanted) WITH ORDINALITY AS w (projection, ordinal)
        JOIN infusion.generations g ON g.tenant_id = tenant AND g.projection = w.projection
        ORDER BY w.ordinal),
      live_rows = '{}', rebuilt_rows = '{}', live_digests = '{}', rebuilt_digests = '{}',
      differing_counts = '{}', differing_projections = '{}', differing_rows = '{}',
      differences = '{}', begun_at = clock_timestamp(), moved_at = clock_timestamp(),
      parked_patients = '{}', parked_positions = '{}', parked_classes = '{}', parked_messages = '{}'
    FROM (
      SELECT coalesce(
        (SELECT e.position FROM event_log.events e
          WHERE e.tenant_id = tenant ORDER BY e.position DESC LIMIT 1), 0) AS head
    ) l
    WHERE r.tenant_id = tenant
    RETURNING r.* INTO beginning;
  RETURN beginning;
END
$$;
ALTER FUNCTION infusion.begin_rebuild(tenant uuid, wanted text[], starter uuid, wanted_folding text, from_scratch boolean) OWNER TO ferrovia_owner;
CREATE TABLE infusion.appointments (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    order_id uuid NOT NULL,
    opened_position bigint NOT NULL,
    closed_position bigint,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    generation integer NOT NULL,
    site text NOT NULL COLLATE pg_catalog."C",
    chair text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    overridden boolean DEFAULT false NOT NULL,
    stock text COLLATE pg_catalog."C",
    held_until timestamp with time zone,
    CONSTRAINT closing_follows_opening CHECK ((closed_position > opened_position)),
    CONSTRAINT only_holds_are_held CHECK (((held_until IS NULL) OR (status = 'pending'::text))),
    CONSTRAINT slot_ends_after_it_starts CHECK ((ends_at > starts_at)),
    CONSTRAINT slot_is_a_day_at_most CHECK (((ends_at - starts_at) <= '24:00:00'::interval)),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['pending'::text, 'booked'::text, 'arrived'::text, 'checked-in'::text, 'fulfilled'::text, 'cancelled'::text, 'noshow'::text]))),
    CONSTRAINT stock_names_a_product CHECK ((stock ~~ '_% %'::text))
)
WITH (fillfactor='90');
ALTER TABLE ONLY infusion.appointments FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.appointments OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.changed_appointments(tenant uuid, wanted_site text, known_at bigint, rows_max bigint) RETURNS SETOF infusion.appointments
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_sort TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET jit TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
DECLARE
  live integer := infusion.live_generation(changed_appointments.tenant, 'appointments');
BEGIN
  RETURN QUERY
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = changed_appointments.tenant AND a.generation = live AND a.site = wanted_site
      AND CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
        > known_at
    ORDER BY CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
    LIMIT rows_max;
END
$$;
ALTER FUNCTION infusion.changed_appointments(tenant uuid, wanted_site text, known_at bigint, rows_max bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.clear_staged(tenant uuid, wanted text, filling integer, patients uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  target integer := infusion.target_generation(tenant, wanted, filling);
BEGIN
  EXECUTE format(
    'DELETE FROM infusion.%I WHERE tenant_id = $1 AND generation = $2 AND patient_id = ANY ($3)',
    CASE wanted WHEN 'dose_report' THEN 'dose_report_shares' ELSE wanted END)
    USING tenant, target, patients;
END
$_$;
ALTER FUNCTION infusion.clear_staged(tenant uuid, wanted text, filling integer, patients uuid[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.close_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_sort TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
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
$$;
ALTER FUNCTION infusion.close_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.contested_reservations(tenant uuid, live integer, stream_ids uuid[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[]) RETURNS integer[]
    LANGUAGE plpgsql
    AS $$
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
$$;
ALTER FUNCTION infusion.contested_reservations(tenant uuid, live integer, stream_ids uuid[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.crowded_reservations(tenant uuid, live integer, decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) RETURNS integer[]
    LANGUAGE plpgsql
    AS $$
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
$$;
ALTER FUNCTION infusion.crowded_reservations(tenant uuid, live integer, decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.discard_generations(tenant uuid, wanted text, at_most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
DECLARE
  relation  text;
  removed   bigint;
  total     bigint := 0;
  relations text[] := CASE wanted
    WHEN 'dose_report' THEN ARRAY['dose_report_shares', 'dose_report'] ELSE ARRAY[wanted] END;
  live      integer;
  filling   integer;
BEGIN
  SELECT g.generation, g.building INTO live, filling FROM infusion.generations g
    WHERE g.tenant_id = tenant AND g.projection = wanted FOR SHARE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  FOREACH relation IN ARRAY relations LOOP
    -- Ranges, so that the index leads to them and the live rows are not read.
    EXECUTE format(
      'DELETE FROM infusion.%I WHERE ctid = ANY (ARRAY(
         SELECT r.ctid FROM infusion.%I r WHERE r.tenant_id = $1 AND r.generation < $2
         LIMIT $4)
       || ARRAY(
         SELECT r.ctid FROM infusion.%I r
         WHERE r.tenant_id = $1 AND r.generation > $2 AND r.generation < $3
         LIMIT $4))', relation, relation, relation)
      USING tenant, live, filling, at_most;
    GET DIAGNOSTICS removed = ROW_COUNT;
    total := total + removed;
  END LOOP;
  RETURN total;
END
$_$;
ALTER FUNCTION infusion.discard_generations(tenant uuid, wanted text, at_most integer) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.finish_rebuild(tenant uuid, own_filler uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  done     infusion.rebuilds;
  switched bigint;
BEGIN
  DELETE FROM infusion.rebuilds r WHERE r.tenant_id = tenant AND r.filler = own_filler
    RETURNING r.* INTO done;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the rebuild has been taken over' USING ERRCODE = 'IP001';
  END IF;
  UPDATE infusion.generations g SET generation = f.filled, building = NULL
    FROM unnest(done.projections, done.generations) AS f (projection, filled)
    WHERE g.tenant_id = tenant AND g.projection = f.projection AND g.building = f.filled;
  GET DIAGNOSTICS switched = ROW_COUNT;
  IF switched <> cardinality(done.projections) THEN
    RAISE EXCEPTION 'a generation of the rebuild is not being filled any more'
      USING ERRCODE = 'IP001';
  END IF;
END
$$;
ALTER FUNCTION infusion.finish_rebuild(tenant uuid, own_filler uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.is_in_quarter(limit_name text, quarter timestamp with time zone, starts_at timestamp with time zone, ends_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN ((starts_at < (quarter + '00:15:00'::interval)) AND CASE limit_name WHEN 'nurse-starts'::text THEN (starts_at >= quarter) ELSE (ends_at > quarter) END);
ALTER FUNCTION infusion.is_in_quarter(limit_name text, quarter timestamp with time zone, starts_at timestamp with time zone, ends_at timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.judge_reservations(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) RETURNS text[]
    LANGUAGE plpgsql
    AS $$
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
$$;
ALTER FUNCTION infusion.judge_reservations(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.judge_sites(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], revision_commands integer[], revision_appointments uuid[], revision_sites text[], revision_stocks text[]) RETURNS text[]
    LANGUAGE plpgsql
    SET enable_sort TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
DECLARE
  -- Asked for only where somebody takes vials.
  live      integer;
  overtaken integer;
  -- By how many versions each command moves its stream. Asked for only where somebody rests on one of them.
  moves     integer[];
BEGIN
  IF stream_ids && ask_sites THEN
    moves := ARRAY(
      SELECT CASE j.outcome WHEN 'appended' THEN j.event_count ELSE 0 END
      FROM event_log.judge(
        judge_sites.tenant, command_ids, fingerprints, stream_categories, stream_ids,
        expected_versions, event_counts, refusals) j
      ORDER BY j.ordinal);
  END IF;
  IF array_to_string(ask_products, '') <> '' THEN
    live := infusion.live_generation(judge_sites.tenant, 'appointments');
  END IF;
  FOR overtaken IN
    SELECT a.command
    FROM unnest(
      ask_commands, ask_sites, ask_versions, ask_revisions, ask_products, ask_positions
    ) AS a (command, site, version, revision, product, known)
    WHERE a.version <> coalesce((
        SELECT e.version FROM event_log.events e
        WHERE e.tenant_id = judge_sites.tenant AND e.stream_id = a.site
        ORDER BY e.version DESC LIMIT 1), 0)
        + CASE WHEN moves IS NULL THEN 0 ELSE coalesce((
          SELECT sum(m.versions) FROM unnest(stream_ids, moves) WITH ORDINALITY
            AS m (stream_id, versions, ordinal)
          WHERE m.stream_id = a.site AND m.ordinal < a.command), 0) END
      OR a.product <> '' AND (
        EXISTS (
          SELECT FROM infusion.appointments taken
          WHERE taken.tenant_id = judge_sites.tenant AND taken.generation = live
            AND taken.site = revision_sites[a.revision]
            -- As the index of the site's changes has it.
            AND CASE WHEN taken.closed_position IS NULL
              THEN taken.opened_position ELSE taken.closed_position END > a.known
            AND taken.closed_position IS NULL AND taken.status NOT IN ('cancelled', 'noshow')
            AND split_part(taken.stock, ' ', 1) = a.product
            AND taken.appointment_id <> revision_appointments[a.revision])
        OR EXISTS (
          SELECT FROM unnest(
            revision_commands, revision_appointments, revision_sites, revision_stocks
          ) AS earlier (command, appointment_id, site, stock)
          WHERE earlier.command < a.command AND earlier.site = revision_sites[a.revision]
            AND split_part(earlier.stock, ' ', 1) = a.product
            AND earlier.appointment_id <> revision_appointments[a.revision]))
  LOOP
    IF refusals IS NULL THEN
      refusals := array_fill(NULL::text, ARRAY[cardinality(command_ids)]);
    END IF;
    refusals[overtaken] := coalesce(refusals[overtaken], 'site-changed');
  END LOOP;
  RETURN refusals;
END
$$;
ALTER FUNCTION infusion.judge_sites(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], revision_commands integer[], revision_appointments uuid[], revision_sites text[], revision_stocks text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.known_appointments(tenant uuid, wanted_site text, first timestamp with time zone, last timestamp with time zone, known_at bigint, earliest timestamp with time zone) RETURNS SETOF infusion.appointments
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET jit TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
DECLARE
  live integer := infusion.live_generation(known_appointments.tenant, 'appointments');
BEGIN
  RETURN QUERY
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = known_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.closed_position IS NULL AND a.opened_position <= known_at
      AND a.starts_at < last AND a.ends_at > first AND a.starts_at > earliest
    UNION ALL
    SELECT * FROM infusion.appointments a
    WHERE a.tenant_id = known_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.closed_position > known_at AND a.opened_position <= known_at
      -- Said again as the index has it, which reads nothing of the site that changed no later.
      AND CASE WHEN a.closed_position IS NULL THEN a.opened_position ELSE a.closed_position END
        > known_at
      AND a.starts_at < last AND a.ends_at > first;
END
$$;
ALTER FUNCTION infusion.known_appointments(tenant uuid, wanted_site text, first timestamp with time zone, last timestamp with time zone, known_at bigint, earliest timestamp with time zone) OWNER TO ferrovia_owner;
CREATE TABLE infusion.recheck_queue (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    anchor_version bigint NOT NULL,
    opened_position bigint NOT NULL,
    closed_position bigint,
    generation integer NOT NULL,
    rule_version integer NOT NULL,
    earliest date NOT NULL,
    due date NOT NULL,
    overdue_after date NOT NULL,
    urgency smallint NOT NULL,
    rule text NOT NULL COLLATE pg_catalog."C",
    site text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    closed_reason text COLLATE pg_catalog."C",
    tests text[] NOT NULL COLLATE pg_catalog."C",
    evidence bigint[] NOT NULL,
    CONSTRAINT closed_rows_say_why CHECK (((closed_position IS NULL) = (closed_reason IS NULL))),
    CONSTRAINT closing_follows_opening CHECK ((closed_position > opened_position)),
    CONSTRAINT urgency_is_a_rank CHECK (((urgency >= 0) AND (urgency <= 3)))
)
WITH (fillfactor='90');
ALTER TABLE ONLY infusion.recheck_queue FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.recheck_queue OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.known_rechecks(tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date, after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint, rows_max bigint) RETURNS SETOF infusion.recheck_queue
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET jit TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
DECLARE
  live integer := infusion.live_generation(known_rechecks.tenant, 'recheck_queue');
BEGIN
  IF wanted_site IS NULL THEN
    RETURN QUERY
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live
          AND q.closed_position IS NULL AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max)
      UNION ALL
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live
          AND q.closed_position > known_at AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max);
  ELSE
    RETURN QUERY
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live AND q.site = wanted_site
          AND q.closed_position IS NULL AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max)
      UNION ALL
      (SELECT * FROM infusion.recheck_queue q
        WHERE q.tenant_id = known_rechecks.tenant AND q.generation = live AND q.site = wanted_site
          AND q.closed_position > known_at AND q.opened_position <= known_at
          AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
            > (after_urgency, after_due, after_patient, after_rule, after_anchor)
          AND (wanted_status IS NULL OR wanted_status = CASE
            WHEN today > q.overdue_after THEN 'overdue' WHEN today >= q.due THEN 'due'
            ELSE 'upcoming' END)
        ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
        LIMIT rows_max);
  END IF;
END
$$;
ALTER FUNCTION infusion.known_rechecks(tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date, after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint, rows_max bigint) OWNER TO ferrovia_owner;
CREATE TABLE infusion.waitlist (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    order_id uuid NOT NULL,
    appointment_id uuid,
    offered_until timestamp with time zone,
    opened_position bigint NOT NULL,
    closed_position bigint,
    since timestamp with time zone NOT NULL,
    generation integer NOT NULL,
    visit_minutes integer NOT NULL,
    notice_hours integer NOT NULL,
    due date NOT NULL,
    earliest date,
    latest date,
    urgency smallint NOT NULL,
    weekdays smallint NOT NULL,
    hours_from smallint,
    hours_until smallint,
    site text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT closing_follows_opening CHECK ((closed_position > opened_position)),
    CONSTRAINT hours_have_both_ends CHECK (((hours_from IS NULL) = (hours_until IS NULL))),
    CONSTRAINT offers_say_what_and_until_when CHECK ((((status = 'offered'::text) = (appointment_id IS NOT NULL)) AND ((status = 'offered'::text) = (offered_until IS NOT NULL)))),
    CONSTRAINT some_day_is_possible CHECK (((weekdays >= 1) AND (weekdays <= 127))),
    CONSTRAINT status_is_known CHECK ((status = ANY (ARRAY['waiting'::text, 'offered'::text, 'booked'::text, 'left'::text]))),
    CONSTRAINT urgency_is_a_rank CHECK (((urgency >= 0) AND (urgency <= 3)))
)
WITH (fillfactor='90');
ALTER TABLE ONLY infusion.waitlist FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.waitlist OWNER TO ferrovia_owner;
COMMENT ON TABLE infusion.waitlist IS 'Who waits for a visit, in revisions.';
CREATE FUNCTION infusion.known_waitlist(tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date, after_since timestamp with time zone, after_order uuid, after_patient uuid, rows_max bigint) RETURNS SETOF infusion.waitlist
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    SET jit TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
DECLARE
  live integer := infusion.live_generation(known_waitlist.tenant, 'waitlist');
BEGIN
  RETURN QUERY
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live AND w.site = wanted_site
        AND w.closed_position IS NULL AND w.status IN ('waiting', 'offered')
        AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max)
    UNION ALL
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live AND w.site = ''
        AND w.closed_position IS NULL AND w.status IN ('waiting', 'offered')
        AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max)
    UNION ALL
    (SELECT * FROM infusion.waitlist w
      WHERE w.tenant_id = known_waitlist.tenant AND w.generation = live
        AND w.site IN (wanted_site, '') AND w.closed_position > known_at
        AND w.status IN ('waiting', 'offered') AND w.opened_position <= known_at
        AND (w.urgency, w.due, w.since, w.order_id, w.patient_id)
          > (after_urgency, after_due, after_since, after_order, after_patient)
      ORDER BY w.urgency, w.due, w.since, w.order_id, w.patient_id
      LIMIT rows_max);
END
$$;
ALTER FUNCTION infusion.known_waitlist(tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date, after_since timestamp with time zone, after_order uuid, after_patient uuid, rows_max bigint) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.live_generation(tenant uuid, wanted text) RETURNS integer
    LANGUAGE plpgsql STABLE
    AS $$
BEGIN
  RETURN coalesce(
    (SELECT g.generation FROM infusion.generations g
      WHERE g.tenant_id = tenant AND g.projection = wanted),
    1);
END
$$;
ALTER FUNCTION infusion.live_generation(tenant uuid, wanted text) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.nurse_shortage(tenant uuid, live integer, revision integer, stands boolean[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) RETURNS text
    LANGUAGE plpgsql
    AS $$
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
$$;
ALTER FUNCTION infusion.nurse_shortage(tenant uuid, live integer, revision integer, stands boolean[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.open_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_sort TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
DECLARE
  live integer := infusion.live_generation(tenant, 'recheck_queue');
BEGIN
  INSERT INTO infusion.recheck_queue (
    tenant_id, patient_id, anchor_version, opened_position, closed_position, generation,
    rule_version, earliest, due, overdue_after, urgency, rule, site, reason, closed_reason, tests,
    evidence)
  SELECT
    open_rechecks.tenant, stream_ids[o.command], o.anchor,
    last_positions[o.command] - (last_versions[o.command] - o.version),
    CASE WHEN o.is_closed
      THEN last_positions[o.next_command] - (last_versions[o.next_command] - o.next_version) END,
    live, o.rule_version, o.earliest, o.due, o.overdue_after, o.urgency, o.rule, o.site, o.reason,
    CASE WHEN o.is_closed THEN o.next_reason END,
    string_to_array(o.tests, ','),
    -- In the order given, which is ascending.
    ARRAY(
      SELECT found.position
      FROM unnest(string_to_array(o.evidence, ',')::bigint[])
        WITH ORDINALITY AS v (version, ordinal)
      CROSS JOIN LATERAL (
        SELECT e.position FROM event_log.events e
        WHERE e.tenant_id = open_rechecks.tenant AND e.stream_id = stream_ids[o.command]
          AND e.version >= v.version AND e.version <= v.version
        ORDER BY e.version
        LIMIT 1
      ) found
      ORDER BY v.ordinal)
  FROM (
    SELECT u.*, u.next_command > 0 AND last_positions[u.next_command] > 0 AS is_closed
    FROM unnest(
      opening_commands, opening_versions, opening_next_commands, opening_next_versions,
      opening_next_reasons, opening_rules, opening_anchors, opening_rule_versions,
      opening_earliest, opening_due, opening_overdue_after, opening_urgencies, opening_sites,
      opening_reasons, opening_tests, opening_evidence
    ) WITH ORDINALITY AS u (
      command, version, next_command, next_version, next_reason, rule, anchor, rule_version,
      earliest, due, overdue_after, urgency, site, reason, tests, evidence, ordinal)
    WHERE last_positions[u.command] > 0
    ORDER BY u.ordinal
  ) o;
END
$$;
ALTER FUNCTION infusion.open_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.overlapping_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, patient uuid, starts timestamp with time zone, ends timestamp with time zone) RETURNS TABLE(appointment_id uuid, site text, chair text)
    LANGUAGE plpgsql STABLE
    SET enable_sort TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
BEGIN
  RETURN QUERY
    (SELECT a.appointment_id, a.site, a.chair FROM infusion.appointments a
      WHERE a.tenant_id = overlapping_appointments.tenant AND a.generation = live
        AND a.site = wanted_site AND a.chair = wanted_chair
        AND a.ends_at > starts AND a.starts_at < ends
        AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      ORDER BY a.ends_at)
    UNION ALL
    (SELECT a.appointment_id, a.site, a.chair FROM infusion.appointments a
      WHERE a.tenant_id = overlapping_appointments.tenant AND a.generation = live
        AND a.patient_id = patient
        AND a.ends_at > starts AND a.starts_at < ends
        AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      ORDER BY a.appointment_id, a.opened_position);
END
$$;
ALTER FUNCTION infusion.overlapping_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, patient uuid, starts timestamp with time zone, ends timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.park_stream(tenant uuid, wanted text, stream uuid, at_position bigint, new_class text, new_message text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  INSERT INTO infusion.parked_streams (
    tenant_id, stream_id, position, projection, class, message)
    VALUES (tenant, stream, at_position, wanted, new_class, new_message)
    ON CONFLICT (tenant_id, projection, stream_id) DO NOTHING;
END
$$;
ALTER FUNCTION infusion.park_stream(tenant uuid, wanted text, stream uuid, at_position bigint, new_class text, new_message text) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.require_building(tenant uuid, wanted text, filling integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  PERFORM FROM infusion.generations g
    WHERE g.tenant_id = tenant AND g.projection = wanted AND g.building = filling
    FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % of projection % is not being filled', filling, wanted
      USING ERRCODE = 'IP001';
  END IF;
END
$$;
ALTER FUNCTION infusion.require_building(tenant uuid, wanted text, filling integer) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.revise_appointments(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_sort TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
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
$$;
ALTER FUNCTION infusion.revise_appointments(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.revise_waitlist(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) RETURNS void
    LANGUAGE plpgsql
    SET enable_sort TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
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
$$;
ALTER FUNCTION infusion.revise_waitlist(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.seated_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, starts timestamp with time zone) RETURNS TABLE(appointment_id uuid, ends_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET enable_sort TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
BEGIN
  RETURN QUERY
    SELECT a.appointment_id, a.ends_at FROM infusion.appointments a
    WHERE a.tenant_id = seated_appointments.tenant AND a.generation = live
      AND a.site = wanted_site AND a.chair = wanted_chair
      AND a.ends_at > starts - interval '24 hours' AND a.starts_at > starts - interval '24 hours'
      AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
      AND a.status = 'checked-in'
    ORDER BY a.ends_at;
END
$$;
ALTER FUNCTION infusion.seated_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, starts timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.stage_appointments(tenant uuid, filling integer, patients uuid[], appointments uuid[], orders uuid[], opened bigint[], closed bigint[], starts timestamp with time zone[], ends timestamp with time zone[], sites text[], chairs text[], statuses text[], held_untils timestamp with time zone[], overriddens boolean[], stocks text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target integer := infusion.target_generation(tenant, 'appointments', filling);
BEGIN
  INSERT INTO infusion.appointments (
    tenant_id, patient_id, appointment_id, order_id, opened_position, closed_position, starts_at,
    ends_at, generation, site, chair, status, held_until, overridden, stock)
  SELECT
    tenant, u.patient_id, u.appointment_id, u.order_id, u.opened_at, nullif(u.closed_at, 0),
    u.starts_at, u.ends_at, target, u.site, u.chair, u.status, u.held_until, u.overridden,
    nullif(u.stock, '')
  FROM unnest(
    patients, appointments, orders, opened, closed, starts, ends, sites, chairs, statuses,
    held_untils, overriddens, stocks
  ) AS u (
    patient_id, appointment_id, order_id, opened_at, closed_at, starts_at, ends_at, site, chair,
    status, held_until, overridden, stock);
END
$$;
ALTER FUNCTION infusion.stage_appointments(tenant uuid, filling integer, patients uuid[], appointments uuid[], orders uuid[], opened bigint[], closed bigint[], starts timestamp with time zone[], ends timestamp with time zone[], sites text[], chairs text[], statuses text[], held_untils timestamp with time zone[], overriddens boolean[], stocks text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.stage_patient_states(tenant uuid, filling integer, patients uuid[], versions bigint[], positions bigint[], fold_versions integer[], sites text[], documents bytea[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target integer := infusion.target_generation(tenant, 'patient_state', filling);
BEGIN
  INSERT INTO infusion.patient_state (
    tenant_id, patient_id, version, position, generation, fold_version, site, document)
  SELECT tenant, u.patient_id, u.version, u.position, target, u.fold_version, u.site, u.document
  FROM unnest(patients, versions, positions, fold_versions, sites, documents)
    AS u (patient_id, version, position, fold_version, site, document);
END
$$;
ALTER FUNCTION infusion.stage_patient_states(tenant uuid, filling integer, patients uuid[], versions bigint[], positions bigint[], fold_versions integer[], sites text[], documents bytea[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.stage_rechecks(tenant uuid, filling integer, patients uuid[], rules text[], anchors bigint[], opened bigint[], closed bigint[], closed_reasons text[], rule_versions integer[], earliest date[], due date[], overdue_after date[], urgencies smallint[], sites text[], reasons text[], tests text[], evidence text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target integer := infusion.target_generation(tenant, 'recheck_queue', filling);
BEGIN
  INSERT INTO infusion.recheck_queue (
    tenant_id, patient_id, anchor_version, opened_position, closed_position, generation,
    rule_version, earliest, due, overdue_after, urgency, rule, site, reason, closed_reason, tests,
    evidence)
  SELECT
    tenant, u.patient_id, u.anchor, u.opened_at, nullif(u.closed_at, 0), target,
    u.rule_version, u.earliest_on, u.due_on, u.overdue_on, u.urgency, u.rule, u.site, u.reason,
    nullif(u.closed_reason, ''), string_to_array(u.test_list, ','),
    string_to_array(u.evidence_list, ',')::bigint[]
  FROM unnest(
    patients, rules, anchors, opened, closed, closed_reasons, rule_versions, earliest, due,
    overdue_after, urgencies, sites, reasons, tests, evidence
  ) AS u (
    patient_id, rule, anchor, opened_at, closed_at, closed_reason, rule_version, earliest_on,
    due_on, overdue_on, urgency, site, reason, test_list, evidence_list);
END
$$;
ALTER FUNCTION infusion.stage_rechecks(tenant uuid, filling integer, patients uuid[], rules text[], anchors bigint[], opened bigint[], closed bigint[], closed_reasons text[], rule_versions integer[], earliest date[], due date[], overdue_after date[], urgencies smallint[], sites text[], reasons text[], tests text[], evidence text[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.stage_references(tenant uuid, filling integer, patients uuid[], kinds text[], ids uuid[], opened bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target integer := infusion.target_generation(tenant, 'subject_references', filling);
BEGIN
  INSERT INTO infusion.subject_references (
    tenant_id, id, patient_id, opened_position, generation, kind)
  SELECT tenant, u.id, u.patient_id, u.opened_at, target, u.kind
  FROM unnest(patients, kinds, ids, opened) AS u (patient_id, kind, id, opened_at);
END
$$;
ALTER FUNCTION infusion.stage_references(tenant uuid, filling integer, patients uuid[], kinds text[], ids uuid[], opened bigint[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.stage_waitlist(tenant uuid, filling integer, patients uuid[], orders uuid[], opened bigint[], closed bigint[], statuses text[], appointments uuid[], until timestamp with time zone[], urgencies smallint[], due date[], since timestamp with time zone[], sites text[], minutes integer[], earliest date[], latest date[], weekdays smallint[], hours_from smallint[], hours_until smallint[], notice_hours integer[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target integer := infusion.target_generation(tenant, 'waitlist', filling);
BEGIN
  INSERT INTO infusion.waitlist (
    tenant_id, patient_id, order_id, appointment_id, offered_until, opened_position,
    closed_position, since, generation, visit_minutes, notice_hours, due, earliest, latest,
    urgency, weekdays, hours_from, hours_until, site, status)
  SELECT
    stage_waitlist.tenant, u.patient_id, u.order_id, u.appointment_id, u.offered_until,
    u.opened_at, nullif(u.closed_at, 0), u.since, target, u.visit_minutes, u.notice_hours, u.due,
    u.earliest, u.latest, u.urgency, u.weekdays, u.hours_from, u.hours_until, u.site, u.status
  FROM unnest(
    stage_waitlist.patients, stage_waitlist.orders, stage_waitlist.opened, stage_waitlist.closed,
    stage_waitlist.statuses, stage_waitlist.appointments, stage_waitlist.until,
    stage_waitlist.urgencies, stage_waitlist.due, stage_waitlist.since, stage_waitlist.sites,
    stage_waitlist.minutes, stage_waitlist.earliest, stage_waitlist.latest,
    stage_waitlist.weekdays, stage_waitlist.hours_from, stage_waitlist.hours_until,
    stage_waitlist.notice_hours
  ) AS u (
    patient_id, order_id, opened_at, closed_at, status, appointment_id, offered_until, urgency,
    due, since, site, visit_minutes, earliest, latest, weekdays, hours_from, hours_until,
    notice_hours);
END
$$;
ALTER FUNCTION infusion.stage_waitlist(tenant uuid, filling integer, patients uuid[], orders uuid[], opened bigint[], closed bigint[], statuses text[], appointments uuid[], until timestamp with time zone[], urgencies smallint[], due date[], since timestamp with time zone[], sites text[], minutes integer[], earliest date[], latest date[], weekdays smallint[], hours_from smallint[], hours_until smallint[], notice_hours integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.sum_dose_report(tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  IF line_products IS NULL THEN
    DELETE FROM infusion.dose_report r
      WHERE r.tenant_id = sum_dose_report.tenant AND r.generation = target;
    SELECT array_agg(l.product), array_agg(l.site), array_agg(l.month)
      INTO line_products, line_sites, line_months
      FROM (
        SELECT DISTINCT s.product, s.site, s.month
        FROM infusion.dose_report_shares s
        WHERE s.tenant_id = sum_dose_report.tenant AND s.generation = target
      ) l;
  ELSE
    DELETE FROM infusion.dose_report r
      USING unnest(line_products, line_sites, line_months) AS l (product, site, month)
      WHERE r.tenant_id = sum_dose_report.tenant AND r.generation = target
        AND r.product = l.product AND r.site = l.site AND r.month = l.month;
  END IF;
  INSERT INTO infusion.dose_report
  SELECT added.*
  FROM (
    SELECT DISTINCT l.product, l.site, l.month
    FROM unnest(line_products, line_sites, line_months) AS l (product, site, month)
  ) line
  CROSS JOIN LATERAL (
    SELECT
      s.tenant_id, s.generation, s.month, sum(s.doses_started), sum(s.doses_completed),
      sum(s.doses_stopped), sum(s.reactions_ungraded), sum(s.reactions_grade_1),
      sum(s.reactions_grade_2), sum(s.reactions_grade_3), sum(s.reactions_grade_4),
      sum(s.reactions_grade_5), sum(s.courses), sum(s.courses_with_response), s.product, s.site,
      sum(s.milligrams_given), sum(s.hemoglobin_rise)
    FROM infusion.dose_report_shares s
    WHERE s.tenant_id = sum_dose_report.tenant AND s.generation = target
      AND s.product = line.product AND s.site = line.site AND s.month = line.month
    GROUP BY s.tenant_id, s.generation, s.product, s.site, s.month
  ) added;
END
$$;
ALTER FUNCTION infusion.sum_dose_report(tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.taken_until(status text, starts_at timestamp with time zone, ends_at timestamp with time zone, decided_at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    RETURN CASE WHEN ((status = 'checked-in'::text) AND (ends_at <= decided_at) AND (starts_at > (decided_at - '24:00:00'::interval))) THEN (date_bin('00:15:00'::interval, decided_at, '1970-01-01 00:00:00+00'::timestamp with time zone) + '00:15:00'::interval) ELSE ends_at END;
ALTER FUNCTION infusion.taken_until(status text, starts_at timestamp with time zone, ends_at timestamp with time zone, decided_at timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.target_generation(tenant uuid, wanted text, filling integer) RETURNS integer
    LANGUAGE plpgsql
    AS $$
BEGIN
  IF filling > 0 THEN
    PERFORM infusion.require_building(tenant, wanted, filling);
    RETURN filling;
  END IF;
  PERFORM event_log.lock_tenant(tenant);
  RETURN infusion.live_generation(tenant, wanted);
END
$$;
ALTER FUNCTION infusion.target_generation(tenant uuid, wanted text, filling integer) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.unpark_stream(tenant uuid, wanted text, stream uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
BEGIN
  DELETE FROM infusion.parked_streams p
    WHERE p.tenant_id = tenant AND p.projection = wanted AND p.stream_id = stream;
END
$$;
ALTER FUNCTION infusion.unpark_stream(tenant uuid, wanted text, stream uuid) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.visits_at_site(tenant uuid, live integer, wanted_site text, first timestamp with time zone, last timestamp with time zone, decided_at timestamp with time zone) RETURNS TABLE(appointment_id uuid, starts_at timestamp with time zone, ends_at timestamp with time zone, overridden boolean)
    LANGUAGE plpgsql STABLE
    SET enable_sort TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
BEGIN
  RETURN QUERY
    SELECT a.appointment_id, a.starts_at,
      infusion.taken_until(a.status, a.starts_at, a.ends_at, decided_at), a.overridden
    FROM infusion.appointments a
    WHERE a.tenant_id = visits_at_site.tenant AND a.generation = live AND a.site = wanted_site
      AND a.starts_at > first - interval '24 hours' AND a.starts_at < last
      AND infusion.taken_until(a.status, a.starts_at, a.ends_at, decided_at) > first
      AND a.closed_position IS NULL AND a.status IN ('pending', 'booked', 'arrived', 'checked-in')
    ORDER BY a.starts_at;
END
$$;
ALTER FUNCTION infusion.visits_at_site(tenant uuid, live integer, wanted_site text, first timestamp with time zone, last timestamp with time zone, decided_at timestamp with time zone) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.write_dose_shares(tenant uuid, filling integer, patients uuid[], share_patients uuid[], products text[], sites text[], months date[], doses_started integer[], doses_completed integer[], doses_stopped integer[], milligrams_given numeric[], reactions_ungraded integer[], reactions_grade_1 integer[], reactions_grade_2 integer[], reactions_grade_3 integer[], reactions_grade_4 integer[], reactions_grade_5 integer[], courses integer[], courses_with_response integer[], hemoglobin_rise numeric[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
  target       integer := filling;
  was_products text[];
  was_sites    text[];
  was_months   date[];
BEGIN
  IF filling = 0 THEN
    target := infusion.live_generation(tenant, 'dose_report');
  ELSE
    PERFORM infusion.require_building(tenant, 'dose_report', filling);
  END IF;
  WITH removed AS (
    DELETE FROM infusion.dose_report_shares s
      WHERE s.tenant_id = write_dose_shares.tenant AND s.generation = target
        AND s.patient_id = ANY (patients)
      RETURNING s.product, s.site, s.month
  )
  SELECT coalesce(array_agg(r.product), '{}'), coalesce(array_agg(r.site), '{}'),
      coalesce(array_agg(r.month), '{}')
    INTO was_products, was_sites, was_months FROM removed r;
  INSERT INTO infusion.dose_report_shares
  SELECT
    write_dose_shares.tenant, u.patient_id, target, u.month, u.started, u.completed, u.stopped,
    u.ungraded, u.grade_1, u.grade_2, u.grade_3, u.grade_4, u.grade_5, u.course, u.response,
    u.product, u.site, u.milligrams, u.rise
  FROM unnest(
    share_patients, products, sites, months, doses_started, doses_completed, doses_stopped,
    milligrams_given, reactions_ungraded, reactions_grade_1, reactions_grade_2,
    reactions_grade_3, reactions_grade_4, reactions_grade_5, courses, courses_with_response,
    hemoglobin_rise
  ) AS u (
    patient_id, product, site, month, started, completed, stopped, milligrams, ungraded, grade_1,
    grade_2, grade_3, grade_4, grade_5, course, response, rise);
  IF filling = 0 THEN
    PERFORM pg_advisory_xact_lock(l.key)
      FROM (
        SELECT DISTINCT hashtextextended(
          concat_ws('|', tenant, t.month, t.product, t.site), 0) AS key
        FROM unnest(was_products || products, was_sites || sites, was_months || months)
          AS t (product, site, month)
        ORDER BY key
      ) l;
    PERFORM infusion.sum_dose_report(
      tenant, target, was_products || products, was_sites || sites, was_months || months);
  END IF;
END
$$;
ALTER FUNCTION infusion.write_dose_shares(tenant uuid, filling integer, patients uuid[], share_patients uuid[], products text[], sites text[], months date[], doses_started integer[], doses_completed integer[], doses_stopped integer[], milligrams_given numeric[], reactions_ungraded integer[], reactions_grade_1 integer[], reactions_grade_2 integer[], reactions_grade_3 integer[], reactions_grade_4 integer[], reactions_grade_5 integer[], courses integer[], courses_with_response integer[], hemoglobin_rise numeric[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.write_nurse_load(tenant uuid, last_positions bigint[], revision_commands integer[], revision_sites text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  live integer := infusion.live_generation(tenant, 'appointments');
BEGIN
  INSERT INTO infusion.nurse_load (tenant_id, quarter, used, allowed, site, limit_name)
  WITH takings AS MATERIALIZED (
    SELECT t.revision, revision_sites[t.revision] AS site, t.limit_name, t.quarter, t.allowed
    FROM unnest(taking_revisions, taking_limits, taking_quarters, taking_alloweds)
      AS t (revision, limit_name, quarter, allowed)
    WHERE last_positions[revision_commands[t.revision]] > 0
  ),
  visits AS MATERIALIZED (
    SELECT w.revision, v.starts_at, v.ends_at
    FROM (
      SELECT t.revision, t.site, min(t.quarter) AS first,
        max(t.quarter) + interval '15 minutes' AS last
      FROM takings t GROUP BY t.revision, t.site
    ) w
    CROSS JOIN LATERAL infusion.visits_at_site(
      write_nurse_load.tenant, live, w.site, w.first, w.last, NULL) v
    WHERE NOT v.overridden
  )
  SELECT write_nurse_load.tenant, c.quarter, max(c.used), max(c.allowed), c.site, c.limit_name
  FROM (
    SELECT t.site, t.limit_name, t.quarter, t.allowed, (
        SELECT count(*) FROM visits v
        WHERE v.revision = t.revision
          AND infusion.is_in_quarter(t.limit_name, t.quarter, v.starts_at, v.ends_at)
      ) AS used
    FROM takings t
  ) c
  GROUP BY c.site, c.quarter, c.limit_name
  ON CONFLICT (tenant_id, site, quarter, limit_name)
    DO UPDATE SET used = excluded.used, allowed = excluded.allowed;
END
$$;
ALTER FUNCTION infusion.write_nurse_load(tenant uuid, last_positions bigint[], revision_commands integer[], revision_sites text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.write_patient_states(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], sites text[], fold_versions integer[], documents bytea[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  live integer := infusion.live_generation(tenant, 'patient_state');
BEGIN
  INSERT INTO infusion.patient_state AS s (
    tenant_id, patient_id, version, position, generation, fold_version, site, document)
  SELECT DISTINCT ON (c.stream_id)
    tenant, c.stream_id, c.version, c.last_position, live, c.fold_version, c.site, c.document
  FROM unnest(stream_ids, last_positions, last_versions, sites, fold_versions, documents)
    WITH ORDINALITY
    AS c (stream_id, last_position, version, site, fold_version, document, ordinal)
  WHERE c.last_position > 0
  ORDER BY c.stream_id, c.ordinal DESC
  ON CONFLICT (tenant_id, generation, patient_id) DO UPDATE
    SET version = excluded.version, position = excluded.position,
      fold_version = excluded.fold_version, site = excluded.site, document = excluded.document;
END
$$;
ALTER FUNCTION infusion.write_patient_states(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], sites text[], fold_versions integer[], documents bytea[]) OWNER TO ferrovia_owner;
CREATE FUNCTION infusion.write_references(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
  live integer := infusion.live_generation(tenant, 'subject_references');
BEGIN
  INSERT INTO infusion.subject_references (
    tenant_id, id, patient_id, opened_position, generation, kind)
  SELECT
    tenant, r.id, stream_ids[r.command],
    last_positions[r.command] - (last_versions[r.command] - r.version), live, r.kind
  FROM unnest(reference_commands, reference_versions, reference_kinds, reference_ids)
    WITH ORDINALITY AS r (command, version, kind, id, ordinal)
  WHERE last_positions[r.command] > 0
  ORDER BY r.ordinal
  -- A thing that its patient names again keeps its first row.
  ON CONFLICT DO NOTHING;
END
$$;
ALTER FUNCTION infusion.write_references(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[]) OWNER TO ferrovia_owner;
CREATE TABLE event_log.blind_index (
    tenant_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    token bytea NOT NULL,
    CONSTRAINT token_is_a_digest CHECK (((octet_length(token) >= 16) AND (octet_length(token) <= 64)))
);
ALTER TABLE ONLY event_log.blind_index FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.blind_index OWNER TO ferrovia_owner;
CREATE TABLE event_log.checkpoints (
    tenant_id uuid NOT NULL,
    "position" bigint DEFAULT 0 NOT NULL,
    fencing_token bigint DEFAULT 0 NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    log_epoch integer,
    projection text NOT NULL COLLATE pg_catalog."C",
    owner_name text NOT NULL,
    partition smallint DEFAULT 0 NOT NULL,
    leased_until timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT fencing_token_is_not_negative CHECK ((fencing_token >= 0)),
    CONSTRAINT partition_is_not_negative CHECK ((partition >= 0)),
    CONSTRAINT position_is_not_negative CHECK (("position" >= 0)),
    CONSTRAINT projection_is_not_empty CHECK ((projection <> ''::text))
)
WITH (fillfactor='30');
ALTER TABLE ONLY event_log.checkpoints FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.checkpoints OWNER TO ferrovia_owner;
CREATE VIEW event_log.events_readable WITH (security_invoker='true') AS
 SELECT events.tenant_id,
    events."position",
    events.stream_category,
    events.stream_id,
    events.version,
    events.event_type,
    events.payload_version,
    events.effective_at,
    events.recorded_at,
    events.actor,
    events.rule_set,
    (convert_from(events.payload, 'UTF8'::name))::json AS payload,
    events.command_id,
    events.correlation_id,
    events.causation,
    events.log_epoch
   FROM event_log.events;
ALTER TABLE event_log.events_readable OWNER TO ferrovia_owner;
CREATE TABLE event_log.migrations (
    applied_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    digest text NOT NULL,
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['migration'::text, 'function'::text, 'privileges'::text])))
);
ALTER TABLE event_log.migrations OWNER TO ferrovia_owner;
CREATE TABLE event_log.tenants (
    tenant_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    log_epoch integer DEFAULT 1 NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    importing uuid,
    importing_since timestamp with time zone,
    CONSTRAINT import_has_a_beginning CHECK (((importing IS NULL) = (importing_since IS NULL))),
    CONSTRAINT log_epoch_is_positive CHECK ((log_epoch > 0)),
    CONSTRAINT tenant_name_is_a_slug CHECK ((name ~ '^[a-z][a-z0-9-]{1,62}$'::text))
);
ALTER TABLE ONLY event_log.tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE event_log.tenants OWNER TO ferrovia_owner;
COMMENT ON TABLE event_log.tenants IS 'Who owns a log. An append locks its row FOR NO KEY UPDATE and does not update it.';
CREATE TABLE infusion.dose_report (
    tenant_id uuid NOT NULL,
    generation integer NOT NULL,
    month date NOT NULL,
    doses_started bigint NOT NULL,
    doses_completed bigint NOT NULL,
    doses_stopped bigint NOT NULL,
    reactions_ungraded bigint NOT NULL,
    reactions_grade_1 bigint NOT NULL,
    reactions_grade_2 bigint NOT NULL,
    reactions_grade_3 bigint NOT NULL,
    reactions_grade_4 bigint NOT NULL,
    reactions_grade_5 bigint NOT NULL,
    courses bigint NOT NULL,
    courses_with_response bigint NOT NULL,
    product text NOT NULL COLLATE pg_catalog."C",
    site text NOT NULL COLLATE pg_catalog."C",
    milligrams_given numeric NOT NULL,
    hemoglobin_rise numeric NOT NULL
);
ALTER TABLE ONLY infusion.dose_report FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.dose_report OWNER TO ferrovia_owner;
CREATE TABLE infusion.dose_report_shares (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    generation integer NOT NULL,
    month date NOT NULL,
    doses_started integer NOT NULL,
    doses_completed integer NOT NULL,
    doses_stopped integer NOT NULL,
    reactions_ungraded integer NOT NULL,
    reactions_grade_1 integer NOT NULL,
    reactions_grade_2 integer NOT NULL,
    reactions_grade_3 integer NOT NULL,
    reactions_grade_4 integer NOT NULL,
    reactions_grade_5 integer NOT NULL,
    courses integer NOT NULL,
    courses_with_response integer NOT NULL,
    product text NOT NULL COLLATE pg_catalog."C",
    site text NOT NULL COLLATE pg_catalog."C",
    milligrams_given numeric NOT NULL,
    hemoglobin_rise numeric NOT NULL,
    CONSTRAINT month_is_a_first_day CHECK ((EXTRACT(day FROM month) = (1)::numeric))
);
ALTER TABLE ONLY infusion.dose_report_shares FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.dose_report_shares OWNER TO ferrovia_owner;
CREATE TABLE infusion.generations (
    tenant_id uuid NOT NULL,
    generation integer DEFAULT 1 NOT NULL,
    building integer,
    projection text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT building_follows_generation CHECK ((building > generation)),
    CONSTRAINT generation_is_positive CHECK ((generation > 0)),
    CONSTRAINT projection_is_known CHECK ((projection = ANY (ARRAY['patient_state'::text, 'recheck_queue'::text, 'appointments'::text, 'subject_references'::text, 'waitlist'::text, 'dose_report'::text])))
);
ALTER TABLE ONLY infusion.generations FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.generations OWNER TO ferrovia_owner;
COMMENT ON TABLE infusion.generations IS 'Which generation of each projection is live.';
CREATE TABLE infusion.nurse_load (
    tenant_id uuid NOT NULL,
    quarter timestamp with time zone NOT NULL,
    used integer NOT NULL,
    allowed integer NOT NULL,
    site text NOT NULL COLLATE pg_catalog."C",
    limit_name text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT limit_is_known CHECK ((limit_name = ANY (ARRAY['nurse-starts'::text, 'nurse-patients'::text]))),
    CONSTRAINT nurses_are_not_asked_for_more CHECK ((used <= allowed))
)
WITH (fillfactor='90');
ALTER TABLE ONLY infusion.nurse_load FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.nurse_load OWNER TO ferrovia_owner;
COMMENT ON TABLE infusion.nurse_load IS 'What bookings took of nurses, by quarter hours, when each was made.';
CREATE TABLE infusion.parked_streams (
    tenant_id uuid NOT NULL,
    stream_id uuid NOT NULL,
    "position" bigint NOT NULL,
    parked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    projection text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL,
    CONSTRAINT position_is_positive CHECK (("position" > 0))
);
ALTER TABLE ONLY infusion.parked_streams FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.parked_streams OWNER TO ferrovia_owner;
CREATE TABLE infusion.patient_state (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    version bigint NOT NULL,
    "position" bigint NOT NULL,
    generation integer NOT NULL,
    fold_version integer NOT NULL,
    site text NOT NULL COLLATE pg_catalog."C",
    document bytea NOT NULL,
    CONSTRAINT position_is_not_before_version CHECK (("position" >= version)),
    CONSTRAINT version_is_positive CHECK ((version > 0))
)
WITH (fillfactor='70');
ALTER TABLE ONLY infusion.patient_state ALTER COLUMN document SET COMPRESSION lz4;
ALTER TABLE ONLY infusion.patient_state FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.patient_state OWNER TO ferrovia_owner;
COMMENT ON COLUMN infusion.patient_state.document IS 'Canonical JSON of the state, without identity: same state, same bytes.';
CREATE TABLE infusion.subject_references (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    patient_id uuid NOT NULL,
    opened_position bigint NOT NULL,
    generation integer NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT kind_is_known CHECK ((kind = ANY (ARRAY['order'::text, 'appointment'::text, 'dose'::text, 'lab'::text, 'reaction'::text])))
)
WITH (fillfactor='100');
ALTER TABLE ONLY infusion.subject_references FORCE ROW LEVEL SECURITY;
ALTER TABLE infusion.subject_references OWNER TO ferrovia_owner;
ALTER TABLE ONLY event_log.blind_index
    ADD CONSTRAINT blind_index_pkey PRIMARY KEY (tenant_id, token);
ALTER TABLE ONLY event_log.checkpoints
    ADD CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, projection, partition);
ALTER TABLE ONLY event_log.commands
    ADD CONSTRAINT commands_pkey PRIMARY KEY (tenant_id, command_id);
ALTER TABLE ONLY event_log.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, "position");
ALTER TABLE ONLY event_log.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (kind, name);
ALTER TABLE ONLY event_log.subject_keys
    ADD CONSTRAINT subject_keys_pkey PRIMARY KEY (tenant_id, subject_id);
ALTER TABLE ONLY event_log.tenants
    ADD CONSTRAINT tenant_name_is_unique UNIQUE (name);
ALTER TABLE ONLY event_log.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY event_log.events
    ADD CONSTRAINT version_is_unique_in_stream UNIQUE (tenant_id, stream_id, version);
ALTER TABLE ONLY infusion.appointments
    ADD CONSTRAINT appointments_pkey PRIMARY KEY (tenant_id, generation, patient_id, appointment_id, opened_position);
ALTER TABLE ONLY infusion.appointments
    ADD CONSTRAINT chair_is_taken_once EXCLUDE USING gist (tenant_id WITH =, generation WITH =, site WITH =, chair WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (((closed_position IS NULL) AND (status = ANY (ARRAY['pending'::text, 'booked'::text, 'arrived'::text, 'checked-in'::text]))));
ALTER TABLE ONLY infusion.dose_report
    ADD CONSTRAINT dose_report_pkey PRIMARY KEY (tenant_id, generation, product, site, month);
ALTER TABLE ONLY infusion.dose_report_shares
    ADD CONSTRAINT dose_report_shares_pkey PRIMARY KEY (tenant_id, generation, patient_id, product, site, month);
ALTER TABLE ONLY infusion.generations
    ADD CONSTRAINT generations_pkey PRIMARY KEY (tenant_id, projection);
ALTER TABLE ONLY infusion.nurse_load
    ADD CONSTRAINT nurse_load_pkey PRIMARY KEY (tenant_id, site, quarter, limit_name);
ALTER TABLE ONLY infusion.parked_streams
    ADD CONSTRAINT parked_streams_pkey PRIMARY KEY (tenant_id, projection, stream_id);
ALTER TABLE ONLY infusion.appointments
    ADD CONSTRAINT patient_is_in_one_place EXCLUDE USING gist (tenant_id WITH =, generation WITH =, patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (((closed_position IS NULL) AND (status = ANY (ARRAY['pending'::text, 'booked'::text, 'arrived'::text, 'checked-in'::text]))));
ALTER TABLE ONLY infusion.patient_state
    ADD CONSTRAINT patient_state_pkey PRIMARY KEY (tenant_id, generation, patient_id);
ALTER TABLE ONLY infusion.rebuilds
    ADD CONSTRAINT rebuilds_pkey PRIMARY KEY (tenant_id);
ALTER TABLE ONLY infusion.recheck_queue
    ADD CONSTRAINT recheck_queue_pkey PRIMARY KEY (tenant_id, generation, patient_id, rule, anchor_version, opened_position);
ALTER TABLE ONLY infusion.subject_references
    ADD CONSTRAINT subject_references_pkey PRIMARY KEY (tenant_id, generation, kind, id, patient_id);
ALTER TABLE ONLY infusion.waitlist
    ADD CONSTRAINT waitlist_pkey PRIMARY KEY (tenant_id, generation, patient_id, order_id, opened_position);
CREATE INDEX blind_index_by_subject ON event_log.blind_index USING btree (tenant_id, subject_id);
CREATE INDEX commands_without_events ON event_log.commands USING btree (tenant_id, head) WHERE (first_position IS NULL);
CREATE INDEX subject_keys_by_wrapping_key ON event_log.subject_keys USING btree (tenant_id, wrapping_key_id, subject_id) WHERE (wrapping_key_id IS NOT NULL);
CREATE INDEX appointments_changed_by_site ON infusion.appointments USING btree (tenant_id, generation, site, (
CASE
    WHEN (closed_position IS NULL) THEN opened_position
    ELSE closed_position
END));
CREATE INDEX appointments_closed ON infusion.appointments USING btree (tenant_id, generation, closed_position) WHERE (closed_position IS NOT NULL);
CREATE INDEX appointments_occupying_by_chair ON infusion.appointments USING btree (tenant_id, generation, site, chair, ends_at) WHERE ((closed_position IS NULL) AND (status = ANY (ARRAY['pending'::text, 'booked'::text, 'arrived'::text, 'checked-in'::text])));
CREATE INDEX appointments_open_by_site ON infusion.appointments USING btree (tenant_id, generation, site, starts_at) WHERE (closed_position IS NULL);
CREATE INDEX dose_report_shares_by_line ON infusion.dose_report_shares USING btree (tenant_id, generation, product, site, month);
CREATE INDEX recheck_queue_closed ON infusion.recheck_queue USING btree (tenant_id, generation, closed_position) WHERE (closed_position IS NOT NULL);
CREATE INDEX recheck_queue_open ON infusion.recheck_queue USING btree (tenant_id, generation, urgency, due, patient_id, rule, anchor_version) WHERE (closed_position IS NULL);
CREATE INDEX recheck_queue_open_by_site ON infusion.recheck_queue USING btree (tenant_id, generation, site, urgency, due, patient_id, rule, anchor_version) WHERE (closed_position IS NULL);
CREATE INDEX subject_references_by_patient ON infusion.subject_references USING btree (tenant_id, generation, patient_id);
CREATE INDEX waitlist_closed ON infusion.waitlist USING btree (tenant_id, generation, closed_position) WHERE (closed_position IS NOT NULL);
CREATE INDEX waitlist_listed_by_site ON infusion.waitlist USING btree (tenant_id, generation, site, urgency, due, since, order_id, patient_id) WHERE ((closed_position IS NULL) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE TRIGGER commands_are_never_changed BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.commands FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();
CREATE TRIGGER events_are_never_changed BEFORE DELETE OR UPDATE OR TRUNCATE ON event_log.events FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();
ALTER TABLE event_log.blind_index ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.commands ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_sees_all ON event_log.tenants TO ferrovia_owner USING (true) WITH CHECK (true);
ALTER TABLE event_log.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.subject_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.blind_index USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON event_log.checkpoints USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON event_log.commands USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON event_log.events USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON event_log.subject_keys USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON event_log.tenants USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
ALTER TABLE event_log.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.dose_report ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.dose_report_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.generations ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.nurse_load ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.parked_streams ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.patient_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.rebuilds ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.recheck_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.subject_references ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON infusion.appointments USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.dose_report USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.dose_report_shares USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.generations USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.nurse_load USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.parked_streams USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.patient_state USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.rebuilds USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.recheck_queue USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.subject_references USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
CREATE POLICY tenant_sees_itself ON infusion.waitlist USING ((tenant_id = ( SELECT event_log.current_tenant() AS current_tenant)));
ALTER TABLE infusion.waitlist ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA event_log TO ferrovia_appender;
GRANT USAGE ON SCHEMA event_log TO ferrovia_projector;
GRANT USAGE ON SCHEMA event_log TO ferrovia_reader;
GRANT USAGE ON SCHEMA infusion TO ferrovia_appender;
GRANT USAGE ON SCHEMA infusion TO ferrovia_projector;
GRANT USAGE ON SCHEMA infusion TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.acquire_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, held smallint[], lease_milliseconds bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.acquire_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, held smallint[], lease_milliseconds bigint) TO ferrovia_projector;
REVOKE ALL ON FUNCTION event_log.advance_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], from_positions bigint[], to_position bigint, lease_milliseconds bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.advance_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], from_positions bigint[], to_position bigint, lease_milliseconds bigint) TO ferrovia_projector;
REVOKE ALL ON FUNCTION event_log.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[]) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.append_judged(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], refusals text[], epoch integer, last_position bigint, recorded timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.begin_import(tenant uuid, import uuid, expected_head bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.create_tenant(tenant uuid, tenant_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.create_tenant(tenant uuid, tenant_name text) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.current_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.current_tenant() TO ferrovia_appender;
GRANT ALL ON FUNCTION event_log.current_tenant() TO ferrovia_projector;
GRANT ALL ON FUNCTION event_log.current_tenant() TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.find_subject(tenant uuid, wanted_token bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.find_subject(tenant uuid, wanted_token bytea) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.finish_import(tenant uuid, import uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.get_subject_key(tenant uuid, subject uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.get_subject_key(tenant uuid, subject uuid) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.import_events(tenant uuid, import uuid, last_before bigint, stream_ids uuid[], versions bigint[], event_commands uuid[], correlation_ids uuid[], recorded_ats timestamp with time zone[], effective_ats timestamp with time zone[], causations bigint[], log_epochs integer[], payload_versions smallint[], stream_categories text[], event_types text[], actors text[], rule_sets text[], payloads bytea[], command_ids uuid[], command_stream_ids uuid[], command_recorded_ats timestamp with time zone[], command_versions bigint[], command_heads bigint[], command_event_counts integer[], command_categories text[], fingerprints bytea[], answers bytea[], erased_ids uuid[], erased_ats timestamp with time zone[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.import_subjects(tenant uuid, import uuid, subject_ids uuid[], created_ats timestamp with time zone[], new_erased_ats timestamp with time zone[], new_lost_ats timestamp with time zone[], wrapping_key_ids text[], wrapped_keys bytea[], token_owners uuid[], new_tokens bytea[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.importing_since(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.importing_since(tenant uuid) TO ferrovia_appender;
GRANT ALL ON FUNCTION event_log.importing_since(tenant uuid) TO ferrovia_projector;
GRANT ALL ON FUNCTION event_log.importing_since(tenant uuid) TO ferrovia_reader;
GRANT SELECT ON TABLE event_log.commands TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.commands TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.commands TO ferrovia_reader;
GRANT SELECT ON TABLE event_log.events TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.events TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.events TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.judge(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.judge_subjects(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], token_counts integer[], tokens bytea[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.list_tenants() FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.list_tenants() TO ferrovia_appender;
GRANT ALL ON FUNCTION event_log.list_tenants() TO ferrovia_projector;
GRANT ALL ON FUNCTION event_log.list_tenants() TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.lock_tenant(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.lock_tenant(tenant uuid) TO ferrovia_projector;
REVOKE ALL ON FUNCTION event_log.open_partitions(tenant uuid, projection_name text, partition_count integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) TO ferrovia_appender;
GRANT ALL ON FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) TO ferrovia_projector;
GRANT ALL ON FUNCTION event_log.position_at(tenant uuid, instant timestamp with time zone) TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.put_subject_key(tenant uuid, subject uuid, new_wrapped_key bytea, new_wrapping_key_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.put_subject_key(tenant uuid, subject uuid, new_wrapped_key bytea, new_wrapping_key_id text) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.raise_log_epoch() FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.refuse_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.renew_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], lease_milliseconds bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.renew_partitions(tenant uuid, projection_name text, partitions smallint[], tokens bigint[], lease_milliseconds bigint) TO ferrovia_projector;
REVOKE ALL ON FUNCTION event_log.replace_subject_key(tenant uuid, subject uuid, old_wrapped_key bytea, new_wrapped_key bytea, new_wrapping_key_id text, is_new boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.replace_subject_key(tenant uuid, subject uuid, old_wrapped_key bytea, new_wrapped_key bytea, new_wrapping_key_id text, is_new boolean) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.require_whole(tenant uuid, command_ids uuid[], fingerprints bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.require_whole(tenant uuid, command_ids uuid[], fingerprints bytea[]) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.see_tenant(tenant text) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.see_tenant(tenant text) TO ferrovia_appender;
GRANT ALL ON FUNCTION event_log.see_tenant(tenant text) TO ferrovia_projector;
GRANT ALL ON FUNCTION event_log.see_tenant(tenant text) TO ferrovia_reader;
REVOKE ALL ON FUNCTION event_log.subjects_of_log(tenant uuid, after uuid, page_size integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION event_log.subjects_under_key(tenant uuid, wrapping_key text, after_subject uuid, page_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.subjects_under_key(tenant uuid, wrapping_key text, after_subject uuid, page_limit integer) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.take_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, wanted smallint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.take_partitions(tenant uuid, projection_name text, new_owner text, partition_count integer, wanted smallint[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION event_log.wrapping_keys(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION event_log.wrapping_keys(tenant uuid) TO ferrovia_appender;
REVOKE ALL ON FUNCTION event_log.write_subjects(tenant uuid, stream_ids uuid[], appended boolean[], token_counts integer[], tokens bytea[], erasures boolean[], recorded timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.advance_rebuild(tenant uuid, own_filler uuid, new_through uuid, new_reached bigint, new_patients bigint, new_events bigint, new_live_rows bigint[], new_rebuilt_rows bigint[], new_live_digests bytea[], new_rebuilt_digests bytea[], new_differing_counts bigint[], new_differing_projections text[], new_differing_rows text[], new_differences text[], new_parked_patients uuid[], new_parked_positions bigint[], new_parked_classes text[], new_parked_messages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.advance_rebuild(tenant uuid, own_filler uuid, new_through uuid, new_reached bigint, new_patients bigint, new_events bigint, new_live_rows bigint[], new_rebuilt_rows bigint[], new_live_digests bytea[], new_rebuilt_digests bytea[], new_differing_counts bigint[], new_differing_projections text[], new_differing_rows text[], new_differences text[], new_parked_patients uuid[], new_parked_positions bigint[], new_parked_classes text[], new_parked_messages text[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], sites text[], fold_versions integer[], documents bytea[], decided_ats timestamp with time zone[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.append(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[], causations bigint[], rule_sets text[], answers bytea[], event_counts integer[], event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamp with time zone[], payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], sites text[], fold_versions integer[], documents bytea[], decided_ats timestamp with time zone[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) TO ferrovia_appender;
GRANT SELECT ON TABLE infusion.rebuilds TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.rebuilds TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.begin_rebuild(tenant uuid, wanted text[], starter uuid, wanted_folding text, from_scratch boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.begin_rebuild(tenant uuid, wanted text[], starter uuid, wanted_folding text, from_scratch boolean) TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.appointments TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.appointments TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.changed_appointments(tenant uuid, wanted_site text, known_at bigint, rows_max bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.changed_appointments(tenant uuid, wanted_site text, known_at bigint, rows_max bigint) TO ferrovia_projector;
GRANT ALL ON FUNCTION infusion.changed_appointments(tenant uuid, wanted_site text, known_at bigint, rows_max bigint) TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.clear_staged(tenant uuid, wanted text, filling integer, patients uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.clear_staged(tenant uuid, wanted text, filling integer, patients uuid[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.close_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], closing_commands integer[], closing_versions bigint[], closing_rules text[], closing_anchors bigint[], closing_reasons text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.contested_reservations(tenant uuid, live integer, stream_ids uuid[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.crowded_reservations(tenant uuid, live integer, decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.discard_generations(tenant uuid, wanted text, at_most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.discard_generations(tenant uuid, wanted text, at_most integer) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.finish_rebuild(tenant uuid, own_filler uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.finish_rebuild(tenant uuid, own_filler uuid) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.is_in_quarter(limit_name text, quarter timestamp with time zone, starts_at timestamp with time zone, ends_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.judge_reservations(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.judge_sites(tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[], stream_ids uuid[], expected_versions bigint[], event_counts integer[], refusals text[], ask_commands integer[], ask_sites uuid[], ask_versions bigint[], ask_revisions integer[], ask_products text[], ask_positions bigint[], revision_commands integer[], revision_appointments uuid[], revision_sites text[], revision_stocks text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.known_appointments(tenant uuid, wanted_site text, first timestamp with time zone, last timestamp with time zone, known_at bigint, earliest timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.known_appointments(tenant uuid, wanted_site text, first timestamp with time zone, last timestamp with time zone, known_at bigint, earliest timestamp with time zone) TO ferrovia_projector;
GRANT ALL ON FUNCTION infusion.known_appointments(tenant uuid, wanted_site text, first timestamp with time zone, last timestamp with time zone, known_at bigint, earliest timestamp with time zone) TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.recheck_queue TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.recheck_queue TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.known_rechecks(tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date, after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint, rows_max bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.known_rechecks(tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date, after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint, rows_max bigint) TO ferrovia_projector;
GRANT ALL ON FUNCTION infusion.known_rechecks(tenant uuid, wanted_site text, known_at bigint, wanted_status text, today date, after_urgency smallint, after_due date, after_patient uuid, after_rule text, after_anchor bigint, rows_max bigint) TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.waitlist TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.waitlist TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.known_waitlist(tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date, after_since timestamp with time zone, after_order uuid, after_patient uuid, rows_max bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.known_waitlist(tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date, after_since timestamp with time zone, after_order uuid, after_patient uuid, rows_max bigint) TO ferrovia_projector;
GRANT ALL ON FUNCTION infusion.known_waitlist(tenant uuid, wanted_site text, known_at bigint, after_urgency smallint, after_due date, after_since timestamp with time zone, after_order uuid, after_patient uuid, rows_max bigint) TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.live_generation(tenant uuid, wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.live_generation(tenant uuid, wanted text) TO ferrovia_projector;
GRANT ALL ON FUNCTION infusion.live_generation(tenant uuid, wanted text) TO ferrovia_reader;
REVOKE ALL ON FUNCTION infusion.nurse_shortage(tenant uuid, live integer, revision integer, stands boolean[], decided_ats timestamp with time zone[], revision_commands integer[], revision_next_commands integer[], revision_appointments uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_statuses text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.open_rechecks(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], opening_commands integer[], opening_versions bigint[], opening_next_commands integer[], opening_next_versions bigint[], opening_next_reasons text[], opening_rules text[], opening_anchors bigint[], opening_rule_versions integer[], opening_earliest date[], opening_due date[], opening_overdue_after date[], opening_urgencies smallint[], opening_sites text[], opening_reasons text[], opening_tests text[], opening_evidence text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.overlapping_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, patient uuid, starts timestamp with time zone, ends timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.park_stream(tenant uuid, wanted text, stream uuid, at_position bigint, new_class text, new_message text) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.park_stream(tenant uuid, wanted text, stream uuid, at_position bigint, new_class text, new_message text) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.require_building(tenant uuid, wanted text, filling integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.revise_appointments(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], revision_commands integer[], revision_versions bigint[], revision_next_commands integer[], revision_next_versions bigint[], revision_is_first boolean[], revision_appointments uuid[], revision_orders uuid[], revision_starts timestamp with time zone[], revision_ends timestamp with time zone[], revision_sites text[], revision_chairs text[], revision_statuses text[], revision_held_untils timestamp with time zone[], revision_overriddens boolean[], revision_stocks text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.revise_waitlist(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], waiting_commands integer[], waiting_versions bigint[], waiting_next_commands integer[], waiting_next_versions bigint[], waiting_is_first boolean[], waiting_orders uuid[], waiting_statuses text[], waiting_appointments uuid[], waiting_until timestamp with time zone[], waiting_urgencies smallint[], waiting_due date[], waiting_since timestamp with time zone[], waiting_sites text[], waiting_minutes integer[], waiting_earliest date[], waiting_latest date[], waiting_weekdays smallint[], waiting_hours_from smallint[], waiting_hours_until smallint[], waiting_notice_hours integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.seated_appointments(tenant uuid, live integer, wanted_site text, wanted_chair text, starts timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.stage_appointments(tenant uuid, filling integer, patients uuid[], appointments uuid[], orders uuid[], opened bigint[], closed bigint[], starts timestamp with time zone[], ends timestamp with time zone[], sites text[], chairs text[], statuses text[], held_untils timestamp with time zone[], overriddens boolean[], stocks text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.stage_appointments(tenant uuid, filling integer, patients uuid[], appointments uuid[], orders uuid[], opened bigint[], closed bigint[], starts timestamp with time zone[], ends timestamp with time zone[], sites text[], chairs text[], statuses text[], held_untils timestamp with time zone[], overriddens boolean[], stocks text[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.stage_patient_states(tenant uuid, filling integer, patients uuid[], versions bigint[], positions bigint[], fold_versions integer[], sites text[], documents bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.stage_patient_states(tenant uuid, filling integer, patients uuid[], versions bigint[], positions bigint[], fold_versions integer[], sites text[], documents bytea[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.stage_rechecks(tenant uuid, filling integer, patients uuid[], rules text[], anchors bigint[], opened bigint[], closed bigint[], closed_reasons text[], rule_versions integer[], earliest date[], due date[], overdue_after date[], urgencies smallint[], sites text[], reasons text[], tests text[], evidence text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.stage_rechecks(tenant uuid, filling integer, patients uuid[], rules text[], anchors bigint[], opened bigint[], closed bigint[], closed_reasons text[], rule_versions integer[], earliest date[], due date[], overdue_after date[], urgencies smallint[], sites text[], reasons text[], tests text[], evidence text[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.stage_references(tenant uuid, filling integer, patients uuid[], kinds text[], ids uuid[], opened bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.stage_references(tenant uuid, filling integer, patients uuid[], kinds text[], ids uuid[], opened bigint[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.stage_waitlist(tenant uuid, filling integer, patients uuid[], orders uuid[], opened bigint[], closed bigint[], statuses text[], appointments uuid[], until timestamp with time zone[], urgencies smallint[], due date[], since timestamp with time zone[], sites text[], minutes integer[], earliest date[], latest date[], weekdays smallint[], hours_from smallint[], hours_until smallint[], notice_hours integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.stage_waitlist(tenant uuid, filling integer, patients uuid[], orders uuid[], opened bigint[], closed bigint[], statuses text[], appointments uuid[], until timestamp with time zone[], urgencies smallint[], due date[], since timestamp with time zone[], sites text[], minutes integer[], earliest date[], latest date[], weekdays smallint[], hours_from smallint[], hours_until smallint[], notice_hours integer[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.sum_dose_report(tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.sum_dose_report(tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.taken_until(status text, starts_at timestamp with time zone, ends_at timestamp with time zone, decided_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.target_generation(tenant uuid, wanted text, filling integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.unpark_stream(tenant uuid, wanted text, stream uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.unpark_stream(tenant uuid, wanted text, stream uuid) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.visits_at_site(tenant uuid, live integer, wanted_site text, first timestamp with time zone, last timestamp with time zone, decided_at timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.write_dose_shares(tenant uuid, filling integer, patients uuid[], share_patients uuid[], products text[], sites text[], months date[], doses_started integer[], doses_completed integer[], doses_stopped integer[], milligrams_given numeric[], reactions_ungraded integer[], reactions_grade_1 integer[], reactions_grade_2 integer[], reactions_grade_3 integer[], reactions_grade_4 integer[], reactions_grade_5 integer[], courses integer[], courses_with_response integer[], hemoglobin_rise numeric[]) FROM PUBLIC;
GRANT ALL ON FUNCTION infusion.write_dose_shares(tenant uuid, filling integer, patients uuid[], share_patients uuid[], products text[], sites text[], months date[], doses_started integer[], doses_completed integer[], doses_stopped integer[], milligrams_given numeric[], reactions_ungraded integer[], reactions_grade_1 integer[], reactions_grade_2 integer[], reactions_grade_3 integer[], reactions_grade_4 integer[], reactions_grade_5 integer[], courses integer[], courses_with_response integer[], hemoglobin_rise numeric[]) TO ferrovia_projector;
REVOKE ALL ON FUNCTION infusion.write_nurse_load(tenant uuid, last_positions bigint[], revision_commands integer[], revision_sites text[], taking_revisions integer[], taking_limits text[], taking_quarters timestamp with time zone[], taking_alloweds integer[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.write_patient_states(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], sites text[], fold_versions integer[], documents bytea[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION infusion.write_references(tenant uuid, stream_ids uuid[], last_positions bigint[], last_versions bigint[], reference_commands integer[], reference_versions bigint[], reference_kinds text[], reference_ids uuid[]) FROM PUBLIC;
GRANT SELECT ON TABLE event_log.checkpoints TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.checkpoints TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.checkpoints TO ferrovia_reader;
GRANT SELECT ON TABLE event_log.events_readable TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.events_readable TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.events_readable TO ferrovia_reader;
GRANT SELECT ON TABLE event_log.migrations TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.migrations TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.migrations TO ferrovia_reader;
GRANT SELECT ON TABLE event_log.tenants TO ferrovia_appender;
GRANT SELECT ON TABLE event_log.tenants TO ferrovia_projector;
GRANT SELECT ON TABLE event_log.tenants TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.dose_report TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.dose_report TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.dose_report_shares TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.dose_report_shares TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.generations TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.generations TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.nurse_load TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.nurse_load TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.parked_streams TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.parked_streams TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.patient_state TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.patient_state TO ferrovia_reader;
GRANT SELECT ON TABLE infusion.subject_references TO ferrovia_projector;
GRANT SELECT ON TABLE infusion.subject_references TO ferrovia_reader;
