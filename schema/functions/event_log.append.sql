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
-- Nearly every batch holds nothing but new commands that expect the versions they find. So it is
-- written first and looked at afterwards: the keys of both tables refuse an id that is known and a
-- version that somebody else has written, and one look at the event each command builds upon finds
-- the rest. If anything at all is not as expected, all of it is rolled back and
-- event_log.append_judged judges command by command, or says that no batch is like this.
--
-- `event_counts[i]` of the events belong to command i, in order, and `event_ends[i]` of all are its
-- own or earlier ones'; `event_commands[j]` is event j's command and `event_versions[j]` the version
-- it has if the command is appended as expected. These three follow from the others and are held against
-- them: nobody writes a version that their command does not come to.
--
-- One row comes back per command, in order; or a single one with ordinal 0 which says that every
-- command was appended, how, and which position was the last. A caller that writes more rows in the
-- same transaction (inline projections) takes commands whose outcome is 'appended' and nothing else.
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
$function$;
