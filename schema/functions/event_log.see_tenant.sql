-- For the rest of this transaction: whose rows there are. Refused while the log is being imported,
-- since half a history, with projections that do not know it yet, is a wrong answer; the import
-- itself, named by the setting, sees what is there.
CREATE OR REPLACE FUNCTION event_log.see_tenant(tenant text) RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  importer uuid;
BEGIN
  PERFORM pg_catalog.set_config('ferrovia.tenant_id', tenant, true);
  SELECT t.importing INTO importer FROM event_log.tenants t
    WHERE t.tenant_id OPERATOR(pg_catalog.=) tenant::pg_catalog.uuid;
  IF importer IS NOT NULL
    AND importer::pg_catalog.text IS DISTINCT FROM
      pg_catalog.current_setting('ferrovia.importing', true)
  THEN
    RAISE EXCEPTION 'the log is being imported' USING ERRCODE = 'LG009';
  END IF;
END
$function$;
