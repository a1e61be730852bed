-- Moves a checkpoint forward, in the same transaction as the rows it stands for. Fails, and with it
-- the transaction, when the token is stale, when the checkpoint is not where the caller left it, or
-- when the log does not reach that far.
CREATE OR REPLACE FUNCTION event_log.advance_checkpoint(
  tenant uuid, projection_name text, token bigint, from_position bigint, to_position bigint
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  epoch integer;
BEGIN
  SELECT e.log_epoch INTO epoch FROM event_log.events e
    WHERE e.tenant_id = tenant AND e.position = to_position;
  IF NOT FOUND OR to_position < from_position THEN
    RAISE EXCEPTION 'a checkpoint cannot move from % to %', from_position, to_position
      USING ERRCODE = 'LG007';
  END IF;
  UPDATE event_log.checkpoints c
    SET position = to_position, log_epoch = epoch, updated_at = clock_timestamp()
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.fencing_token = token AND c.position = from_position;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the checkpoint of projection % belongs to somebody else', projection_name
      USING ERRCODE = 'LG004';
  END IF;
END
$function$;
