-- Which wrapping keys are in use, each with a subject whose key it wraps: enough to try whether it
-- can be opened. One look at the index for each of them, however many subjects there are.
CREATE OR REPLACE FUNCTION event_log.wrapping_keys(tenant uuid)
  RETURNS TABLE (wrapping_key_id text, subject_id uuid)
  LANGUAGE plpgsql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
  SET enable_seqscan = off
AS $function$
DECLARE
  last text := '';
BEGIN
  LOOP
    SELECT k.wrapping_key_id, k.subject_id INTO wrapping_key_id, subject_id
      FROM event_log.subject_keys k
      WHERE k.tenant_id = tenant AND k.wrapping_key_id > last
      ORDER BY k.tenant_id, k.wrapping_key_id, k.subject_id LIMIT 1;
    EXIT WHEN NOT FOUND;
    RETURN NEXT;
    last := wrapping_key_id;
  END LOOP;
END
$function$;
