-- Called by event_log.append: what the appended commands of a batch change about their subjects.
-- Only a subject's last change counts, which leaves the same behind as all of them in order.
--
-- An erasure overwrites the key, keeps a tombstone and removes the tokens. A subject that never had
-- a key gets a tombstone too, so that a late put cannot bring it back.
CREATE OR REPLACE FUNCTION event_log.write_subjects(
  tenant       uuid,
  stream_ids   uuid[],
  appended     boolean[],
  token_counts integer[],
  tokens       bytea[],
  erasures     boolean[],
  recorded     timestamptz
) RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
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
$function$;
