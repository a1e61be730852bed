-- Ends an import: the log is everybody's again. Its epoch is at least that of its last event, so that
-- epochs never run back.
CREATE OR REPLACE FUNCTION event_log.finish_import(tenant uuid, import uuid) RETURNS void
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  UPDATE event_log.tenants t
    SET importing = NULL, importing_since = NULL,
      log_epoch = greatest(t.log_epoch, (
        SELECT e.log_epoch FROM event_log.events e WHERE e.tenant_id = finish_import.tenant
        ORDER BY e.position DESC LIMIT 1))
    WHERE t.tenant_id = finish_import.tenant AND t.importing = import;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the import has been taken over' USING ERRCODE = 'LG009';
  END IF;
END
$function$;
