-- The directory: every tenant, by name. Row-level security shows a role its own tenant only; this
-- function is how the service learns which there are.
CREATE OR REPLACE FUNCTION event_log.list_tenants()
  RETURNS TABLE (tenant_id uuid, name text, created_at timestamptz, log_epoch integer)
  LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
  SELECT t.tenant_id, t.name, t.created_at, t.log_epoch FROM event_log.tenants t ORDER BY t.name
$function$;
