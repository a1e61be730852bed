-- Makes the checkpoints that a projection does not have yet. They begin where its first one stands:
-- at the start, or where the projection had come before it was divided.
CREATE OR REPLACE FUNCTION event_log.open_partitions(
  tenant uuid, projection_name text, partition_count integer
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  IF partition_count = (SELECT count(*) FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name)
  THEN
    RETURN;
  END IF;
  INSERT INTO event_log.checkpoints (tenant_id, projection, partition, owner_name)
    VALUES (tenant, projection_name, 0, '') ON CONFLICT DO NOTHING;
  PERFORM FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = 0
    FOR NO KEY UPDATE;
  INSERT INTO event_log.checkpoints (
    tenant_id, projection, partition, owner_name, position, log_epoch)
    SELECT tenant, projection_name, p, '', c.position, c.log_epoch
    FROM event_log.checkpoints c CROSS JOIN generate_series(1, partition_count - 1) AS p
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = 0
    ORDER BY p
  ON CONFLICT DO NOTHING;
END
$function$;
