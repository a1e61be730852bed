--! breaking-change: an older ferroviad cannot append; replace it at once.
--
-- A booking looks at the vials of its site: those that are kept for a visit stand in its row, and who takes of
-- them is looked for behind the tenant's lock. The append and what it calls take more than before: the old ones
-- go, functions/ brings the new ones.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND p.proname IN ('append', 'judge_sites', 'revise_appointments', 'stage_appointments')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;

-- The product, and behind it each size in milligrams with its number: `injectafer 750:1`. NULL where the site
-- keeps no account of the product.
ALTER TABLE infusion.appointments ADD COLUMN stock text COLLATE "C";
ALTER TABLE infusion.appointments ADD CONSTRAINT stock_names_a_product CHECK (stock LIKE '_% %');
