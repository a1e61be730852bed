-- Stores the wrapped key of a subject unless there is one, or was one: returns what is then there.
-- Two callers who create a key for the same subject both get the first one's.
CREATE OR REPLACE FUNCTION event_log.put_subject_key(
  tenant uuid, subject uuid, new_wrapped_key bytea, new_wrapping_key_id text
) RETURNS event_log.subject_key_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  INSERT INTO event_log.subject_keys (tenant_id, subject_id, wrapped_key, wrapping_key_id)
    VALUES (tenant, subject, new_wrapped_key, new_wrapping_key_id)
    ON CONFLICT (tenant_id, subject_id) DO NOTHING;
  RETURN event_log.get_subject_key(tenant, subject);
END
$function$;
