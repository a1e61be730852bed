-- Takes a projection over: returns where it stands and a new fencing token. Whoever held an older
-- token can no longer move the checkpoint.
CREATE OR REPLACE FUNCTION event_log.acquire_checkpoint(
  tenant uuid, projection_name text, new_owner text
) RETURNS event_log.checkpoint_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  state event_log.checkpoint_state;
BEGIN
  INSERT INTO event_log.checkpoints AS c (tenant_id, projection, owner_name, fencing_token)
    VALUES (tenant, projection_name, new_owner, 1)
  ON CONFLICT (tenant_id, projection) DO UPDATE
    SET fencing_token = c.fencing_token + 1, owner_name = new_owner, updated_at = clock_timestamp()
  RETURNING c.fencing_token, c.position, c.log_epoch INTO state;
  RETURN state;
END
$function$;
