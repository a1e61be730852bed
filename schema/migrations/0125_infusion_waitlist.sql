--! breaking-change: an older service cannot append any more; stop it before the migration.
--
-- Visits that wait for a time. infusion.append takes their revisions too: the old one goes.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace AND p.proname = 'append'
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;

ALTER TABLE infusion.generations
  DROP CONSTRAINT projection_is_known,
  ADD CONSTRAINT projection_is_known CHECK (projection IN (
    'patient_state', 'recheck_queue', 'appointments', 'subject_references', 'waitlist',
    'dose_report'));

-- Revisions: a change of an entry closes the one in force and opens the next. An entry is its order, which
-- may leave the list and come back; ids come from outside, so two patients may name one order.
CREATE TABLE infusion.waitlist (
  tenant_id       uuid        NOT NULL,
  patient_id      uuid        NOT NULL,
  order_id        uuid        NOT NULL,
  -- The visit that is held for the patient, and until when.
  appointment_id  uuid,
  offered_until   timestamptz,
  opened_position bigint      NOT NULL,
  closed_position bigint,
  since           timestamptz NOT NULL,
  generation      integer     NOT NULL,
  visit_minutes   integer     NOT NULL,
  notice_hours    integer     NOT NULL,
  due             date        NOT NULL,
  earliest        date,
  latest          date,
  -- 0 emergency, 1 urgent, 2 soon, 3 routine: the order of the list.
  urgency         smallint    NOT NULL,
  -- A bit for each day, Monday the lowest.
  weekdays        smallint    NOT NULL,
  -- Minutes since midnight on the site's clock; a day's end is 0.
  hours_from      smallint,
  hours_until     smallint,
  -- Empty for any site.
  site            text        NOT NULL COLLATE "C",
  status          text        NOT NULL COLLATE "C",
  CONSTRAINT waitlist_pkey
    PRIMARY KEY (tenant_id, generation, patient_id, order_id, opened_position),
  CONSTRAINT urgency_is_a_rank CHECK (urgency BETWEEN 0 AND 3),
  CONSTRAINT some_day_is_possible CHECK (weekdays BETWEEN 1 AND 127),
  CONSTRAINT status_is_known CHECK (status IN ('waiting', 'offered', 'booked', 'left')),
  CONSTRAINT offers_say_what_and_until_when CHECK (
    (status = 'offered') = (appointment_id IS NOT NULL)
    AND (status = 'offered') = (offered_until IS NOT NULL)),
  CONSTRAINT hours_have_both_ends CHECK ((hours_from IS NULL) = (hours_until IS NULL)),
  CONSTRAINT closing_follows_opening CHECK (closed_position > opened_position)
)
WITH (fillfactor = 90);
COMMENT ON TABLE infusion.waitlist IS 'Who waits for a visit, in revisions.';
-- The list as it is now, in the order it is shown.
CREATE INDEX waitlist_listed_by_site ON infusion.waitlist
  (tenant_id, generation, site, urgency, due, since, order_id, patient_id)
  WHERE closed_position IS NULL AND status IN ('waiting', 'offered');
-- The list as it was: to the revisions in force come those that closed after the asked position.
CREATE INDEX waitlist_closed ON infusion.waitlist
  (tenant_id, generation, closed_position)
  WHERE closed_position IS NOT NULL;

ALTER TABLE infusion.waitlist ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.waitlist FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON infusion.waitlist
  USING (tenant_id = (SELECT event_log.current_tenant()));
