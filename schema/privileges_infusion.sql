-- The grants of the projections. Nobody writes their tables but through functions; applied like
-- privileges.sql, and after it.
REVOKE ALL ON SCHEMA infusion FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA infusion
  FROM PUBLIC, ferrovia_appender, ferrovia_projector, ferrovia_reader;
-- The extension's own functions stay as they are: the constraints run them as whoever writes.
DO $functions$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'infusion'::regnamespace
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format(
      'REVOKE ALL ON FUNCTION %s
         FROM PUBLIC, ferrovia_appender, ferrovia_projector, ferrovia_reader',
      target);
  END LOOP;
END
$functions$;

GRANT USAGE ON SCHEMA infusion TO ferrovia_appender, ferrovia_projector, ferrovia_reader;

-- Reading, under row-level security.
GRANT SELECT ON
  infusion.generations, infusion.patient_state, infusion.recheck_queue, infusion.appointments,
  infusion.subject_references, infusion.waitlist, infusion.dose_report_shares, infusion.dose_report,
  infusion.parked_streams, infusion.rebuilds, infusion.nurse_load
  TO ferrovia_projector, ferrovia_reader;

-- Asking; as whoever asks, so that the rows are theirs to see.
GRANT EXECUTE ON FUNCTION
  infusion.known_rechecks, infusion.known_appointments, infusion.changed_appointments,
  infusion.known_waitlist,
  infusion.live_generation
  TO ferrovia_projector, ferrovia_reader;

-- Writing the log together with its inline projections is one verb.
GRANT EXECUTE ON FUNCTION infusion.append TO ferrovia_appender;

-- Rebuilding, and the asynchronous projection.
GRANT EXECUTE ON FUNCTION
  infusion.begin_rebuild, infusion.advance_rebuild, infusion.finish_rebuild,
  infusion.discard_generations,
  infusion.clear_staged, infusion.stage_patient_states, infusion.stage_rechecks,
  infusion.stage_appointments, infusion.stage_references, infusion.stage_waitlist, infusion.write_dose_shares,
  infusion.sum_dose_report, infusion.park_stream, infusion.unpark_stream
  TO ferrovia_projector;
-- A rebuild switches behind the tenant's lock.
GRANT EXECUTE ON FUNCTION event_log.lock_tenant TO ferrovia_projector;
