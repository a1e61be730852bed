-- Puts a subject's key in the place of the one that is there, if that is still `old_wrapped_key`; false
-- if it is not, or has been erased. The same key wrapped anew leaves everything readable; a new one,
-- for a key that nobody can unwrap any more, is marked as such by `is_new`.
CREATE OR REPLACE FUNCTION event_log.replace_subject_key(
  tenant uuid, subject uuid, old_wrapped_key bytea, new_wrapped_key bytea,
  new_wrapping_key_id text, is_new boolean
) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  UPDATE event_log.subject_keys k
    SET wrapped_key = new_wrapped_key, wrapping_key_id = new_wrapping_key_id,
      lost_at = CASE WHEN is_new THEN clock_timestamp() ELSE k.lost_at END
    WHERE k.tenant_id = tenant AND k.subject_id = subject AND k.wrapped_key = old_wrapped_key;
  RETURN FOUND;
END
$function$;
