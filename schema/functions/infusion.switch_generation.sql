-- Makes the generation that was being filled the live one. The caller holds what its writers take
-- before they read the live number: the tenant's lock, or the projection's checkpoint.
CREATE OR REPLACE FUNCTION infusion.switch_generation(tenant uuid, wanted text, filled integer)
  RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  PERFORM infusion.require_building(tenant, wanted, filled);
  UPDATE infusion.generations g SET generation = filled, building = NULL
    WHERE g.tenant_id = tenant AND g.projection = wanted;
END
$function$;
