-- Begins to fill the next generation of a projection, and returns its number. A rebuild that was
-- filling one before is overtaken: its next write fails.
CREATE OR REPLACE FUNCTION infusion.begin_rebuild(tenant uuid, wanted text) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  filling integer;
BEGIN
  INSERT INTO infusion.generations AS g (tenant_id, projection, generation, building)
    VALUES (tenant, wanted, 1, 2)
  ON CONFLICT (tenant_id, projection) DO UPDATE
    SET building = greatest(g.generation, coalesce(g.building, 0)) + 1
  RETURNING g.building INTO filling;
  RETURN filling;
END
$function$;
