-- What a booking rests on may be moved by the very batch that it is in: who judges that takes more of the batch than
-- before. The old one goes, functions/ brings the new one.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace AND p.proname = 'judge_sites'
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;
