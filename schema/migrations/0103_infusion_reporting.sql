-- The asynchronous projection: doses and responses per product, site and month. What every column
-- counts is defined in Sources/InfusionProjections/Reporting.

-- What each patient adds to each line. The report is their sum, so that an event of one patient
-- changes exactly the lines it concerns.
CREATE TABLE infusion.dose_report_shares (
  tenant_id             uuid    NOT NULL,
  patient_id            uuid    NOT NULL,
  generation            integer NOT NULL,
  -- The first day of the month.
  month                 date    NOT NULL,
  doses_started         integer NOT NULL,
  doses_completed       integer NOT NULL,
  doses_stopped         integer NOT NULL,
  reactions_ungraded    integer NOT NULL,
  reactions_grade_1     integer NOT NULL,
  reactions_grade_2     integer NOT NULL,
  reactions_grade_3     integer NOT NULL,
  reactions_grade_4     integer NOT NULL,
  reactions_grade_5     integer NOT NULL,
  courses               integer NOT NULL,
  courses_with_response integer NOT NULL,
  product               text    NOT NULL COLLATE "C",
  site                  text    NOT NULL COLLATE "C",
  milligrams_given      numeric NOT NULL,
  -- g/dL
  hemoglobin_rise       numeric NOT NULL,
  CONSTRAINT dose_report_shares_pkey
    PRIMARY KEY (tenant_id, generation, patient_id, product, site, month),
  CONSTRAINT month_is_a_first_day CHECK (extract(day FROM month) = 1)
);
CREATE INDEX dose_report_shares_by_line ON infusion.dose_report_shares
  (tenant_id, generation, product, site, month);

CREATE TABLE infusion.dose_report (
  tenant_id             uuid    NOT NULL,
  generation            integer NOT NULL,
  month                 date    NOT NULL,
  doses_started         bigint  NOT NULL,
  doses_completed       bigint  NOT NULL,
  doses_stopped         bigint  NOT NULL,
  reactions_ungraded    bigint  NOT NULL,
  reactions_grade_1     bigint  NOT NULL,
  reactions_grade_2     bigint  NOT NULL,
  reactions_grade_3     bigint  NOT NULL,
  reactions_grade_4     bigint  NOT NULL,
  reactions_grade_5     bigint  NOT NULL,
  courses               bigint  NOT NULL,
  courses_with_response bigint  NOT NULL,
  product               text    NOT NULL COLLATE "C",
  site                  text    NOT NULL COLLATE "C",
  milligrams_given      numeric NOT NULL,
  hemoglobin_rise       numeric NOT NULL,
  CONSTRAINT dose_report_pkey PRIMARY KEY (tenant_id, generation, product, site, month)
);

-- Patients whose events a projection can no longer read. Their rows stay as they were before the
-- event; everybody else's go on.
CREATE TABLE infusion.parked_streams (
  tenant_id  uuid        NOT NULL,
  stream_id  uuid        NOT NULL,
  -- The event that could not be read.
  position   bigint      NOT NULL,
  parked_at  timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  projection text        NOT NULL COLLATE "C",
  -- A stable code: 'unknown-type', 'undecodable', 'not-registered'.
  class      text        NOT NULL COLLATE "C",
  -- For people; never a payload, never a name.
  message    text        NOT NULL,
  CONSTRAINT parked_streams_pkey PRIMARY KEY (tenant_id, projection, stream_id),
  CONSTRAINT position_is_positive CHECK (position > 0)
);

DO $guard$
DECLARE
  projection text;
BEGIN
  FOREACH projection IN ARRAY ARRAY['dose_report_shares', 'dose_report', 'parked_streams'] LOOP
    EXECUTE format('ALTER TABLE infusion.%I ENABLE ROW LEVEL SECURITY', projection);
    EXECUTE format('ALTER TABLE infusion.%I FORCE ROW LEVEL SECURITY', projection);
    EXECUTE format(
      'CREATE POLICY tenant_sees_itself ON infusion.%I USING (tenant_id = event_log.current_tenant())',
      projection);
  END LOOP;
END
$guard$;
