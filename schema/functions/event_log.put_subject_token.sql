-- Enters a token into the blind index and returns the subject it now leads to: the one given, or
-- the one that had it before. Taken is a value, not an error. NULL if the subject has been erased:
-- then nothing is entered.
CREATE OR REPLACE FUNCTION event_log.put_subject_token(tenant uuid, new_token bytea, subject uuid)
  RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  -- The lock makes an erasure wait, or is waited for: no token outlives it.
  PERFORM FROM event_log.subject_keys k
    WHERE k.tenant_id = tenant AND k.subject_id = subject FOR SHARE;
  IF EXISTS (SELECT FROM event_log.subject_keys k
    WHERE k.tenant_id = tenant AND k.subject_id = subject AND k.erased_at IS NOT NULL)
  THEN
    RETURN NULL;
  END IF;
  INSERT INTO event_log.blind_index (tenant_id, token, subject_id)
    VALUES (tenant, new_token, subject)
    ON CONFLICT (tenant_id, token) DO NOTHING;
  RETURN event_log.find_subject(tenant, new_token);
END
$function$;
