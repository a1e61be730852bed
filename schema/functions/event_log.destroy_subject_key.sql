-- Erases a subject: overwrites its key, keeps a tombstone, removes its tokens from the blind index.
-- Returns false when there is nothing left to destroy. A subject that never had a key gets a
-- tombstone too, so that a late put cannot bring it back.
CREATE OR REPLACE FUNCTION event_log.destroy_subject_key(tenant uuid, subject uuid) RETURNS boolean
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  destroyed boolean;
BEGIN
  INSERT INTO event_log.subject_keys AS k (tenant_id, subject_id, erased_at)
    VALUES (tenant, subject, clock_timestamp())
  ON CONFLICT (tenant_id, subject_id) DO UPDATE
    SET wrapped_key = NULL, wrapping_key_id = NULL, erased_at = clock_timestamp()
    WHERE k.erased_at IS NULL;
  destroyed := FOUND;
  DELETE FROM event_log.blind_index b WHERE b.tenant_id = tenant AND b.subject_id = subject;
  RETURN destroyed;
END
$function$;
