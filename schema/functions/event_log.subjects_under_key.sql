-- The subjects whose keys one wrapping key wraps, by id, after the one given; NULL for the first.
CREATE OR REPLACE FUNCTION event_log.subjects_under_key(
  tenant uuid, wrapping_key text, after_subject uuid, page_limit integer
) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET enable_seqscan = off
BEGIN ATOMIC
  SELECT k.subject_id FROM event_log.subject_keys k
  WHERE k.tenant_id = tenant AND k.wrapping_key_id = wrapping_key
    AND k.subject_id > coalesce(after_subject, '00000000-0000-0000-0000-000000000000'::uuid)
  ORDER BY k.tenant_id, k.wrapping_key_id, k.subject_id LIMIT page_limit;
END;
