-- Prolongs the leases of partitions that still are the caller's, and says which those are and where
-- they stand. A lease of no length gives them back: then none has run out, unlike those of an owner that
-- is gone.
CREATE OR REPLACE FUNCTION event_log.renew_partitions(
  tenant uuid, projection_name text, partitions smallint[], tokens bigint[], lease_milliseconds bigint
) RETURNS SETOF event_log.checkpoint_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = ANY (partitions)
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  RETURN QUERY
  UPDATE event_log.checkpoints c
    SET leased_until = CASE
      WHEN lease_milliseconds > 0 THEN clock_timestamp() + lease_milliseconds * interval '1 millisecond'
      ELSE '-infinity' END
    FROM unnest(partitions, tokens) AS mine (partition, token)
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.partition = mine.partition AND c.fencing_token = mine.token
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$function$;
