-- After a promotion: every event from now on says so. The operator's, run once per failover as the
-- owner; granted to nobody.
CREATE OR REPLACE FUNCTION event_log.raise_log_epoch() RETURNS integer
  LANGUAGE sql VOLATILE
  SET search_path = pg_catalog, pg_temp
AS $function$
  WITH raised AS (
    UPDATE event_log.tenants SET log_epoch = log_epoch + 1 RETURNING log_epoch
  )
  SELECT coalesce(max(log_epoch), 0) FROM raised
$function$;
