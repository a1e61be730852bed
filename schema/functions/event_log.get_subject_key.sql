-- The key of a subject: 'present', 'erased' or 'absent'. That the store cannot be reached is the
-- fourth answer, and never one of these.
-- VOLATILE, so that event_log.put_subject_key sees the row it lost the race to.
CREATE OR REPLACE FUNCTION event_log.get_subject_key(tenant uuid, subject uuid)
  RETURNS event_log.subject_key_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  answer event_log.subject_key_state;
BEGIN
  SELECT CASE WHEN k.erased_at IS NULL THEN 'present' ELSE 'erased' END,
      k.wrapped_key, k.wrapping_key_id, k.created_at, k.erased_at, k.lost_at
    INTO answer
    FROM event_log.subject_keys k WHERE k.tenant_id = tenant AND k.subject_id = subject;
  IF NOT FOUND THEN
    answer.state := 'absent';
  END IF;
  RETURN answer;
END
$function$;
