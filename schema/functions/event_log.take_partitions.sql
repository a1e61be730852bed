-- Takes partitions whoever has them, for one transaction: nobody can write them until it ends, their
-- owners' tokens are stale, and afterwards they are free. NULL takes all.
CREATE OR REPLACE FUNCTION event_log.take_partitions(
  tenant uuid, projection_name text, new_owner text, partition_count integer, wanted smallint[]
) RETURNS SETOF event_log.checkpoint_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  PERFORM event_log.open_partitions(tenant, projection_name, partition_count);
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND (wanted IS NULL OR c.partition = ANY (wanted))
    ORDER BY c.partition
    FOR NO KEY UPDATE;
  RETURN QUERY
  UPDATE event_log.checkpoints c
    SET fencing_token = c.fencing_token + 1, owner_name = new_owner, leased_until = '-infinity'
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND (wanted IS NULL OR c.partition = ANY (wanted))
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$function$;
