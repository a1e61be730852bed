-- Makes the generations that were being filled the live ones, all of them at once. The caller holds
-- what their writers take before they read the live number: the tenant's lock, and the report's
-- checkpoint.
CREATE OR REPLACE FUNCTION infusion.finish_rebuild(tenant uuid, own_filler uuid) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  done     infusion.rebuilds;
  switched bigint;
BEGIN
  DELETE FROM infusion.rebuilds r WHERE r.tenant_id = tenant AND r.filler = own_filler
    RETURNING r.* INTO done;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the rebuild has been taken over' USING ERRCODE = 'IP001';
  END IF;
  UPDATE infusion.generations g SET generation = f.filled, building = NULL
    FROM unnest(done.projections, done.generations) AS f (projection, filled)
    WHERE g.tenant_id = tenant AND g.projection = f.projection AND g.building = f.filled;
  GET DIAGNOSTICS switched = ROW_COUNT;
  IF switched <> cardinality(done.projections) THEN
    RAISE EXCEPTION 'a generation of the rebuild is not being filled any more'
      USING ERRCODE = 'IP001';
  END IF;
END
$function$;
