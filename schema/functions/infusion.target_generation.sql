-- The generation that rows are written to: the one being filled, or, if `filling` is 0, the live one,
-- whose writers hold the tenant's lock.
CREATE OR REPLACE FUNCTION infusion.target_generation(
  tenant uuid, wanted text, filling integer
) RETURNS integer
  LANGUAGE plpgsql VOLATILE
AS $function$
BEGIN
  IF filling > 0 THEN
    PERFORM infusion.require_building(tenant, wanted, filling);
    RETURN filling;
  END IF;
  PERFORM event_log.lock_tenant(tenant);
  RETURN infusion.live_generation(tenant, wanted);
END
$function$;
