-- Keys and tombstones of a tenant's subjects, with their tokens, for an export that is to be imported
-- elsewhere. The operator's, as the owner; granted to nobody.
CREATE OR REPLACE FUNCTION event_log.subjects_of_log(tenant uuid, after uuid, page_size integer)
  RETURNS TABLE (
    subject_id uuid, created_at timestamptz, erased_at timestamptz, lost_at timestamptz,
    wrapping_key_id text, wrapped_key bytea, tokens bytea[])
  LANGUAGE sql STABLE
  SET search_path = pg_catalog, pg_temp
AS $function$
  SELECT k.subject_id, k.created_at, k.erased_at, k.lost_at, k.wrapping_key_id, k.wrapped_key,
    ARRAY(SELECT b.token FROM event_log.blind_index b
      WHERE b.tenant_id = k.tenant_id AND b.subject_id = k.subject_id ORDER BY b.token)
  FROM event_log.subject_keys k
  WHERE k.tenant_id = tenant AND k.subject_id > after
  ORDER BY k.subject_id LIMIT page_size
$function$;
