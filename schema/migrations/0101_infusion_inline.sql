-- The projections kept in the append's own transaction, and the generations that let a rebuild take
-- their place. Rows are written by functions alone; see privileges_infusion.sql.
--
-- Every row belongs to a generation of its projection. Readers and the append use the live one; a
-- rebuild fills the next and switches, behind the tenant's lock, by changing one number.
CREATE SCHEMA infusion;

CREATE TABLE infusion.generations (
  tenant_id  uuid    NOT NULL,
  -- A projection without a row here lives in generation 1.
  generation integer NOT NULL DEFAULT 1,
  -- The generation being filled; a rebuild that finds another number here has been overtaken.
  building   integer,
  projection text    NOT NULL COLLATE "C",
  CONSTRAINT generations_pkey PRIMARY KEY (tenant_id, projection),
  CONSTRAINT generation_is_positive CHECK (generation > 0),
  CONSTRAINT building_follows_generation CHECK (building > generation),
  CONSTRAINT projection_is_known CHECK (projection IN (
    'patient_state', 'recheck_queue', 'appointments', 'subject_references', 'dose_report'))
);
COMMENT ON TABLE infusion.generations IS 'Which generation of each projection is live.';

-- The patient as of the last event: a cache of the fold. Updated by every command of the patient in
-- columns that no index has, so that pages with room keep the new version beside the old (HOT).
CREATE TABLE infusion.patient_state (
  tenant_id    uuid    NOT NULL,
  patient_id   uuid    NOT NULL,
  version      bigint  NOT NULL,
  position     bigint  NOT NULL,
  generation   integer NOT NULL,
  fold_version integer NOT NULL,
  site         text    NOT NULL COLLATE "C",
  document     bytea   NOT NULL,
  CONSTRAINT patient_state_pkey PRIMARY KEY (tenant_id, generation, patient_id),
  CONSTRAINT version_is_positive CHECK (version > 0),
  CONSTRAINT position_is_not_before_version CHECK (position >= version)
)
WITH (fillfactor = 70);
COMMENT ON COLUMN infusion.patient_state.document IS
  'Canonical JSON of the state, without identity: same state, same bytes.';

-- Rows are opened and closed, never deleted: the queue as of a position is the rows open at it.
-- Upcoming, due and overdue are computed from the asked date, never stored.
CREATE TABLE infusion.recheck_queue (
  tenant_id       uuid     NOT NULL,
  patient_id      uuid     NOT NULL,
  anchor_version  bigint   NOT NULL,
  opened_position bigint   NOT NULL,
  closed_position bigint,
  generation      integer  NOT NULL,
  rule_version    integer  NOT NULL,
  earliest        date     NOT NULL,
  due             date     NOT NULL,
  overdue_after   date     NOT NULL,
  -- 0 emergency, 1 urgent, 2 soon, 3 routine: the order of the queue.
  urgency         smallint NOT NULL,
  rule            text     NOT NULL COLLATE "C",
  site            text     NOT NULL COLLATE "C",
  reason          text     NOT NULL COLLATE "C",
  closed_reason   text     COLLATE "C",
  tests           text[]   NOT NULL COLLATE "C",
  -- Positions of the events it rests on, ascending.
  evidence        bigint[] NOT NULL,
  CONSTRAINT recheck_queue_pkey
    PRIMARY KEY (tenant_id, generation, patient_id, rule, anchor_version, opened_position),
  CONSTRAINT urgency_is_a_rank CHECK (urgency BETWEEN 0 AND 3),
  CONSTRAINT closing_follows_opening CHECK (closed_position > opened_position),
  CONSTRAINT closed_rows_say_why CHECK ((closed_position IS NULL) = (closed_reason IS NULL))
)
WITH (fillfactor = 90);
-- The queue as it is now, of one site and of all, in the order it is shown.
CREATE INDEX recheck_queue_open_by_site ON infusion.recheck_queue
  (tenant_id, generation, site, urgency, due, patient_id, rule, anchor_version)
  WHERE closed_position IS NULL;
CREATE INDEX recheck_queue_open ON infusion.recheck_queue
  (tenant_id, generation, urgency, due, patient_id, rule, anchor_version)
  WHERE closed_position IS NULL;
-- The queue as it was: to the open rows come those that closed after the asked position.
CREATE INDEX recheck_queue_closed ON infusion.recheck_queue
  (tenant_id, generation, closed_position)
  WHERE closed_position IS NOT NULL;

-- Revisions: a change of an appointment closes the one in force and opens the next.
CREATE TABLE infusion.appointments (
  tenant_id       uuid        NOT NULL,
  patient_id      uuid        NOT NULL,
  appointment_id  uuid        NOT NULL,
  order_id        uuid        NOT NULL,
  opened_position bigint      NOT NULL,
  closed_position bigint,
  starts_at       timestamptz NOT NULL,
  ends_at         timestamptz NOT NULL,
  generation      integer     NOT NULL,
  site            text        NOT NULL COLLATE "C",
  chair           text        NOT NULL COLLATE "C",
  -- FHIR AppointmentStatus; the first two take the chair.
  status          text        NOT NULL COLLATE "C",
  CONSTRAINT appointments_pkey
    PRIMARY KEY (tenant_id, generation, patient_id, appointment_id, opened_position),
  CONSTRAINT slot_ends_after_it_starts CHECK (ends_at > starts_at),
  -- The calendar's query looks back by this much; the domain allows half of it.
  CONSTRAINT slot_is_a_day_at_most CHECK (ends_at - starts_at <= interval '24 hours'),
  CONSTRAINT status_is_known
    CHECK (status IN ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')),
  CONSTRAINT closing_follows_opening CHECK (closed_position > opened_position)
)
WITH (fillfactor = 90);
-- The calendar as it is now.
CREATE INDEX appointments_open_by_site ON infusion.appointments
  (tenant_id, generation, site, starts_at)
  WHERE closed_position IS NULL;
-- Who takes the chair, and when is the patient busy: what a booking is judged by.
CREATE INDEX appointments_occupying_by_chair ON infusion.appointments
  (tenant_id, generation, site, chair, ends_at)
  WHERE closed_position IS NULL AND status IN ('booked', 'arrived');
CREATE INDEX appointments_closed ON infusion.appointments
  (tenant_id, generation, closed_position)
  WHERE closed_position IS NOT NULL;

-- Whose a thing is. Ids come from outside, so two patients may claim one: the first event wins.
CREATE TABLE infusion.subject_references (
  tenant_id       uuid    NOT NULL,
  id              uuid    NOT NULL,
  patient_id      uuid    NOT NULL,
  opened_position bigint  NOT NULL,
  generation      integer NOT NULL,
  kind            text    NOT NULL COLLATE "C",
  CONSTRAINT subject_references_pkey PRIMARY KEY (tenant_id, generation, kind, id, patient_id),
  CONSTRAINT kind_is_known CHECK (kind IN ('order', 'appointment', 'dose', 'lab', 'reaction'))
)
WITH (fillfactor = 100);
-- A rebuild compares patient by patient.
CREATE INDEX subject_references_by_patient ON infusion.subject_references
  (tenant_id, generation, patient_id);

DO $guard$
DECLARE
  projection text;
BEGIN
  FOREACH projection IN ARRAY ARRAY[
    'generations', 'patient_state', 'recheck_queue', 'appointments', 'subject_references']
  LOOP
    EXECUTE format('ALTER TABLE infusion.%I ENABLE ROW LEVEL SECURITY', projection);
    EXECUTE format('ALTER TABLE infusion.%I FORCE ROW LEVEL SECURITY', projection);
    EXECUTE format(
      'CREATE POLICY tenant_sees_itself ON infusion.%I USING (tenant_id = event_log.current_tenant())',
      projection);
  END LOOP;
END
$guard$;
