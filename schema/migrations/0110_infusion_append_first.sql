-- event_log.append takes more of a batch than before, and so does what calls it: the old one goes.
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

-- Asked once for a statement, not for each row; see 0010_append_first.
ALTER POLICY tenant_sees_itself ON infusion.generations
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.patient_state
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.recheck_queue
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.appointments
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.subject_references
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.dose_report_shares
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.dose_report
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON infusion.parked_streams
  USING (tenant_id = (SELECT event_log.current_tenant()));
