-- The subject a token leads to, or NULL.
-- VOLATILE, so that event_log.put_subject_token sees the row it lost the race to.
CREATE OR REPLACE FUNCTION event_log.find_subject(tenant uuid, wanted_token bytea) RETURNS uuid
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  RETURN (SELECT b.subject_id FROM event_log.blind_index b
    WHERE b.tenant_id = tenant AND b.token = wanted_token);
END
$function$;
