--! breaking-change: an older ferroviad cannot append; replace it at once.
--
-- A booking looks at its site: what it asks of the nurses is counted by quarter hours, and a visit that
-- somebody answers for beyond what the site's plan bears says so in its row. The append and what it calls
-- take more than before: the old ones go, functions/ brings the new ones.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND p.proname IN (
        'append', 'judge_reservations', 'revise_appointments', 'stage_appointments')
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;

ALTER TABLE infusion.appointments ADD COLUMN overridden boolean NOT NULL DEFAULT false;

-- The load of a quarter hour as it was when a visit was last added to it: the visits of that moment, counted
-- from their rows, and how many of them the nurses of that moment bear. Overridden visits are not in it.
--
-- Stands behind infusion.judge_reservations, as the exclusion constraints do: it must never fire. It is
-- written where something is added and nowhere else, so fewer nurses later break nothing. Counted anew each
-- time, not added up, so that nothing can drift and a rebuild of the appointments has nothing to bring along.
CREATE TABLE infusion.nurse_load (
  tenant_id  uuid        NOT NULL,
  quarter    timestamptz NOT NULL,
  used       integer     NOT NULL,
  allowed    integer     NOT NULL,
  site       text        NOT NULL COLLATE "C",
  -- What is counted: infusions that begin in the quarter hour, or patients that are there in it.
  limit_name text        NOT NULL COLLATE "C",
  CONSTRAINT nurse_load_pkey PRIMARY KEY (tenant_id, site, quarter, limit_name),
  CONSTRAINT limit_is_known CHECK (limit_name IN ('nurse-starts', 'nurse-patients')),
  CONSTRAINT nurses_are_not_asked_for_more CHECK (used <= allowed)
)
WITH (fillfactor = 90);
COMMENT ON TABLE infusion.nurse_load IS 'What bookings took of nurses, by quarter hours, when each was made.';

ALTER TABLE infusion.nurse_load ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.nurse_load FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON infusion.nurse_load
  USING (tenant_id = (SELECT event_log.current_tenant()));
