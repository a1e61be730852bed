-- Moves checkpoints of one projection forward to one position, in the same transaction as the rows they
-- stand for, and prolongs their leases (NULL leaves them). Fails, and with it the transaction, when a
-- token is stale, when a checkpoint is not where the caller left it, or when the log does not reach
-- that far.
CREATE OR REPLACE FUNCTION event_log.advance_partitions(
  tenant uuid, projection_name text, partitions smallint[], tokens bigint[],
  from_positions bigint[], to_position bigint, lease_milliseconds bigint
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  epoch   integer;
  reached bigint;
  moved   integer;
BEGIN
  -- In the order of its key: this may be planned before there is a row or a statistic, when the other
  -- index of the log looks as good, of which the tenant alone is searched by. A session keeps its plans.
  SELECT e.log_epoch, e.position INTO epoch, reached FROM event_log.events e
    WHERE e.tenant_id = tenant AND e.position <= to_position
    ORDER BY e.position DESC LIMIT 1;
  IF NOT FOUND OR reached <> to_position OR to_position < ANY (from_positions) THEN
    RAISE EXCEPTION 'a checkpoint cannot move from % to %', from_positions, to_position
      USING ERRCODE = 'LG007';
  END IF;
  -- Whoever is paused now, with these rows locked, must not keep its heirs waiting for longer than its
  -- lease.
  IF lease_milliseconds IS NOT NULL THEN
    PERFORM set_config(
      'idle_in_transaction_session_timeout', greatest(lease_milliseconds, 1)::text, true);
  END IF;
  -- Always in the same order, so that two who move the same ones wait and never cross.
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = ANY (partitions)
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  UPDATE event_log.checkpoints c
    SET position = to_position, log_epoch = epoch, updated_at = clock_timestamp(),
      leased_until = coalesce(
        clock_timestamp() + lease_milliseconds * interval '1 millisecond', c.leased_until)
    FROM unnest(partitions, tokens, from_positions) AS mine (partition, token, position)
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.partition = mine.partition AND c.fencing_token = mine.token
      AND c.position = mine.position;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> cardinality(partitions) THEN
    RAISE EXCEPTION 'a checkpoint of projection % belongs to somebody else', projection_name
      USING ERRCODE = 'LG004';
  END IF;
END
$function$;
