-- The append takes what changes about subjects, and the judge what forbids that; functions/ brings
-- the new ones. Two of one name cannot be granted by name.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND p.proname IN ('append', 'judge_reservations')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;
