-- Judges each command of a batch against the log as this statement sees it, and writes nothing.
--
-- A plain SQL function without settings, so that it is inlined into the one statement of
-- event_log.append that calls it, behind the lock. Its names are resolved when it is created.
--
-- The judgement is a set, not a loop, and yet in order: what a stream's version would be if every
-- earlier link held is a running sum; a link is appended if it and every link before it hold.
--
-- `refusals[i]` is the constraint that forbids command i, as a caller judged it behind the lock; NULL
-- for a command, or for all, where nothing does. Such a caller takes the lock (event_log.lock_tenant),
-- calls this with NULL to learn which commands would be appended, judges those, and then appends.
CREATE OR REPLACE FUNCTION event_log.judge(
  tenant            uuid,
  command_ids       uuid[],
  fingerprints      bytea[],
  stream_categories text[],
  stream_ids        uuid[],
  expected_versions bigint[],
  event_counts      integer[],
  refusals          text[]
) RETURNS TABLE (
  ordinal       integer,
  event_count   integer,
  found_version bigint,
  outcome       event_log.append_outcome,
  -- The command's id if it is a duplicate or a mismatch: whose first answer is wanted.
  known_id      uuid
)
  LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT
    judged.ordinal, judged.event_count, judged.found_version, judged.outcome,
    CASE WHEN judged.outcome IN ('duplicate', 'fingerprint_mismatch') THEN judged.command_id END
  FROM (
  SELECT
    chained.ordinal, chained.event_count, chained.found_version, chained.command_id,
    CASE
      WHEN chained.is_known THEN
        CASE WHEN chained.is_same THEN 'duplicate' ELSE 'fingerprint_mismatch' END
      WHEN NOT chained.is_first_of_id THEN
        CASE
          WHEN NOT first_value(chained.holds_so_far) OVER same_id THEN 'undecided'
          WHEN chained.fingerprint = first_value(chained.fingerprint) OVER same_id THEN 'duplicate'
          ELSE 'fingerprint_mismatch'
        END
      WHEN chained.holds_so_far THEN 'appended'
      WHEN NOT coalesce(lag(chained.holds_so_far) OVER same_stream, true) THEN 'undecided'
      WHEN NOT chained.is_of_category THEN 'category_mismatch'
      WHEN chained.expected_version <> chained.found_version THEN 'conflict'
      ELSE 'unavailable'
    END::event_log.append_outcome AS outcome
  FROM (
    SELECT
      link.*,
      bool_and(
        NOT link.is_known AND link.is_first_of_id AND link.is_of_category AND NOT link.is_refused
        AND link.expected_version = link.found_version
      ) OVER (PARTITION BY link.stream_id ORDER BY link.ordinal) AS holds_so_far
    FROM (
      SELECT
        c.ordinal::integer AS ordinal, c.command_id, c.stream_id, c.fingerprint, c.event_count,
        c.expected_version, c.refusal IS NOT NULL AS is_refused,
        known.fingerprint IS NOT NULL AS is_known,
        known.fingerprint = c.fingerprint AS is_same,
        c.ordinal = min(c.ordinal) OVER (PARTITION BY c.command_id) AS is_first_of_id,
        c.stream_category = coalesce(
          head.stream_category,
          first_value(c.stream_category) OVER (PARTITION BY c.stream_id ORDER BY c.ordinal)
        ) AS is_of_category,
        coalesce(head.version, 0) + coalesce(sum(c.event_count) OVER (
          PARTITION BY c.stream_id ORDER BY c.ordinal
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS found_version
      FROM unnest(
        command_ids, fingerprints, stream_categories, stream_ids, expected_versions, event_counts,
        refusals
      ) WITH ORDINALITY AS c (
        command_id, fingerprint, stream_category, stream_id, expected_version, event_count, refusal,
        ordinal)
      LEFT JOIN LATERAL (
        SELECT k.fingerprint FROM event_log.commands k
        WHERE k.tenant_id = judge.tenant AND k.command_id = c.command_id
        LIMIT 1  -- keeps it a lookup by key for each row, never a join
      ) known ON true
      LEFT JOIN LATERAL (
        SELECT e.version, e.stream_category FROM event_log.events e
        WHERE e.tenant_id = judge.tenant AND e.stream_id = c.stream_id
        ORDER BY e.version DESC LIMIT 1
      ) head ON true
    ) link
  ) chained
  WINDOW
    same_id AS (PARTITION BY chained.command_id ORDER BY chained.ordinal),
    same_stream AS (PARTITION BY chained.stream_id ORDER BY chained.ordinal)
  ) judged;
END;
