-- Appends what another log held, as it held it: whole commands, behind the last position. Called in a
-- transaction of its own by the import that the log belongs to (event_log.begin_import).
--
-- Everything that event_log.append makes true by construction is looked at here once it is written:
-- positions follow from the order, versions go on from the stream's last, times and epochs never run
-- back, and each command has exactly its events, one after another. Anything else takes all of it back.
--
-- `command_event_counts[i]` events before and up to position `command_heads[i]` belong to command i.
-- `erased_ids` are subjects whose keys these events destroyed, at `erased_ats`.
CREATE OR REPLACE FUNCTION event_log.import_events(
  tenant               uuid,
  import               uuid,
  last_before          bigint,
  stream_ids           uuid[],
  versions             bigint[],
  event_commands       uuid[],
  correlation_ids      uuid[],
  recorded_ats         timestamptz[],
  effective_ats        timestamptz[],
  causations           bigint[],
  log_epochs           integer[],
  payload_versions     smallint[],
  stream_categories    text[],
  event_types          text[],
  actors               text[],
  rule_sets            text[],
  payloads             bytea[],
  command_ids          uuid[],
  command_stream_ids   uuid[],
  command_recorded_ats timestamptz[],
  command_versions     bigint[],
  command_heads        bigint[],
  command_event_counts integer[],
  command_categories   text[],
  fingerprints         bytea[],
  answers              bytea[],
  erased_ids           uuid[],
  erased_ats           timestamptz[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off
AS $function$
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
$function$;
