-- Since when the log of a tenant is being imported, interruptions included; NULL if it is not.
CREATE OR REPLACE FUNCTION event_log.importing_since(tenant uuid) RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
  SELECT t.importing_since FROM event_log.tenants t WHERE t.tenant_id = tenant
$function$;
