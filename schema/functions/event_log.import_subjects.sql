-- Enters keys and tokens of the subjects of a log that is being imported. What is there stays: a key
-- that was wrapped anew since, and above all a tombstone. A tombstone that is new destroys the key.
--
-- `token_owners[i]` is the subject that `tokens[i]` leads to.
CREATE OR REPLACE FUNCTION event_log.import_subjects(
  tenant           uuid,
  import           uuid,
  subject_ids      uuid[],
  created_ats      timestamptz[],
  new_erased_ats   timestamptz[],
  new_lost_ats     timestamptz[],
  wrapping_key_ids text[],
  wrapped_keys     bytea[],
  token_owners     uuid[],
  new_tokens       bytea[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp
AS $function$
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
$function$;
