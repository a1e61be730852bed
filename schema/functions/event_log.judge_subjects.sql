-- Judges, behind the lock, what a batch changes about subjects: which commands claim a token of
-- somebody else's, or any token for a subject that has been erased. Writes nothing. Returns one
-- constraint per command, NULL where there is none; or NULL for the whole batch.
--
-- `token_counts[i]` tokens belong to command i, in order; NULL where it leaves its subject's as they
-- are.
--
-- Invariants:
--  1. A token that leads to another subject before the batch is taken, even if that subject gives it
--     up within: a no may be said as of before the batch, since it writes nothing.
--  2. Of two subjects that claim one token in this batch the first gets it, if that command is one
--     that would be appended.
CREATE OR REPLACE FUNCTION event_log.judge_subjects(
  tenant            uuid,
  command_ids       uuid[],
  fingerprints      bytea[],
  stream_categories text[],
  stream_ids        uuid[],
  expected_versions bigint[],
  event_counts      integer[],
  token_counts      integer[],
  tokens            bytea[]
) RETURNS text[]
  LANGUAGE plpgsql VOLATILE
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
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
$function$;
