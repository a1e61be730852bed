-- Opens a log. Answers with a value: 'created', 'exists' (the same id and name), 'id_taken' or
-- 'name_taken'. Creating twice is harmless.
CREATE OR REPLACE FUNCTION event_log.create_tenant(tenant uuid, tenant_name text) RETURNS text
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  INSERT INTO event_log.tenants (tenant_id, name) VALUES (tenant, tenant_name)
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    RETURN 'created';
  END IF;
  RETURN coalesce(
    (SELECT CASE WHEN t.name = tenant_name THEN 'exists' ELSE 'id_taken' END
      FROM event_log.tenants t WHERE t.tenant_id = tenant),
    'name_taken');
END
$function$;
