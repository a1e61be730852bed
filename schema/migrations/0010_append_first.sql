-- The append writes first and looks afterwards: functions/ brings the new one, the old goes.
DO $retired$
DECLARE
  target regprocedure;
BEGIN
  FOR target IN
    SELECT p.oid::regprocedure FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'event_log'::regnamespace AND p.proname = 'append'
  LOOP
    EXECUTE format('DROP FUNCTION %s', target);
  END LOOP;
END
$retired$;

-- The executor reads a table's CHECK constraints from text, plans them for each statement and asks them
-- for each row: a fifth of what a batch of 64 cost. One look by event_log.append at the whole batch says
-- the same, nobody else may insert, and checks/event_log.rows_are_well_formed.sql looks for what
-- should not be there.
ALTER TABLE event_log.events
  DROP CONSTRAINT position_is_positive,
  DROP CONSTRAINT version_is_positive,
  DROP CONSTRAINT payload_version_is_positive,
  DROP CONSTRAINT stream_category_is_a_lower_case_word,
  DROP CONSTRAINT event_type_is_not_empty,
  DROP CONSTRAINT causation_precedes_event;
ALTER TABLE event_log.commands
  DROP CONSTRAINT version_is_not_negative,
  DROP CONSTRAINT positions_are_both_known_or_both_absent,
  DROP CONSTRAINT positions_are_in_order,
  DROP CONSTRAINT events_of_a_command_end_at_its_head,
  DROP CONSTRAINT head_is_not_negative;

-- Asked once for a statement, not for each row: a scan of a million rows read the same setting a
-- million times.
ALTER POLICY tenant_sees_itself ON event_log.tenants
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON event_log.events
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON event_log.commands
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON event_log.checkpoints
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON event_log.subject_keys
  USING (tenant_id = (SELECT event_log.current_tenant()));
ALTER POLICY tenant_sees_itself ON event_log.blind_index
  USING (tenant_id = (SELECT event_log.current_tenant()));
