--! breaking-change: an older ferroviad cannot append; replace it at once.
--
-- Until when a visit is held stands in its row: a hold that has run out takes nothing, and whoever looks at a site
-- has no event to read for each. NULL in the rows of holds from before, which keep what they have until the next
-- rebuild. The append and what it calls take more than before: the old ones go, functions/ brings the new ones.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND p.proname IN ('append', 'revise_appointments', 'stage_appointments')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;

ALTER TABLE infusion.appointments ADD COLUMN held_until timestamptz;
ALTER TABLE infusion.appointments
  ADD CONSTRAINT only_holds_are_held CHECK (held_until IS NULL OR status = 'pending');
