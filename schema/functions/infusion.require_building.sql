-- Fails unless this generation of the projection is the one being filled; nobody can begin another
-- one until the transaction has ended.
CREATE OR REPLACE FUNCTION infusion.require_building(tenant uuid, wanted text, filling integer)
  RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
BEGIN
  PERFORM FROM infusion.generations g
    WHERE g.tenant_id = tenant AND g.projection = wanted AND g.building = filling
    FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'generation % of projection % is not being filled', filling, wanted
      USING ERRCODE = 'IP001';
  END IF;
END
$function$;
