--! breaking-change: an older ferroviad cannot append; replace it at once.
--
-- Who is in a chair beyond the end of their visit keeps it, and the nurses, until now. The append and what it calls
-- are told when each command was decided: the old ones go, functions/ brings the new ones.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND p.proname IN (
        'append', 'judge_reservations', 'contested_reservations', 'crowded_reservations',
        'nurse_shortage', 'seated_appointments', 'visits_at_site')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;
