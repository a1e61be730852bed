-- Who a subject is changes with an append or not at all: the functions that did it apart go, and so
-- does the append that could not; functions/ brings the new one.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'event_log'::regnamespace
      AND p.proname IN ('append', 'destroy_subject_key', 'put_subject_token')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;
