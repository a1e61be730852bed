-- The generation of a projection that is live. Read by the append after the tenant's lock, which a
-- rebuild takes before it switches.
CREATE OR REPLACE FUNCTION infusion.live_generation(tenant uuid, wanted text) RETURNS integer
  LANGUAGE plpgsql STABLE
AS $function$
BEGIN
  RETURN coalesce(
    (SELECT g.generation FROM infusion.generations g
      WHERE g.tenant_id = tenant AND g.projection = wanted),
    1);
END
$function$;
