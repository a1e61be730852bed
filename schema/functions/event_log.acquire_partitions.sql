-- Takes partitions of a projection for an owner who holds some already, up to its share of them: those
-- that are free, then those of an owner who has more than its share. Returns what was taken, each with
-- a new fencing token; whoever held an older one can no longer write.
--
-- A partition whose owner is just writing is not waited for: it is passed over until the next time.
CREATE OR REPLACE FUNCTION event_log.acquire_partitions(
  tenant uuid, projection_name text, new_owner text, partition_count integer, held smallint[],
  lease_milliseconds bigint
) RETURNS SETOF event_log.checkpoint_state
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  now_at      timestamptz := clock_timestamp();
  owners      integer;
  -- The share of each, rounded down and up.
  least_share integer;
  most_share  integer;
  wanted      smallint[];
  seen        bigint[];
BEGIN
  PERFORM event_log.open_partitions(tenant, projection_name, partition_count);
  SELECT 1 + count(DISTINCT c.owner_name) INTO owners FROM event_log.checkpoints c
    WHERE c.tenant_id = tenant AND c.projection = projection_name
      AND c.leased_until > now_at AND c.owner_name <> new_owner;
  least_share := partition_count / owners;
  most_share := ceil(partition_count::numeric / owners);

  -- What is free is taken up to the share rounded up; what is not only by who has less than the share
  -- rounded down, and from who has more: so nothing goes to and fro.
  SELECT array_agg(t.partition), array_agg(t.fencing_token) INTO wanted, seen
  FROM (
    SELECT c.partition, c.fencing_token, c.is_free,
      row_number() OVER (ORDER BY NOT c.is_free, c.rank DESC, c.partition) AS place
    FROM (
      SELECT k.partition, k.fencing_token,
        k.leased_until <= now_at OR k.owner_name = new_owner AS is_free,
        row_number() OVER (PARTITION BY k.owner_name ORDER BY k.partition) AS rank
      FROM event_log.checkpoints k
      WHERE k.tenant_id = tenant AND k.projection = projection_name AND k.partition <> ALL (held)
    ) c
    WHERE c.is_free OR c.rank > least_share
  ) t
  WHERE t.place + cardinality(held)
    <= CASE WHEN t.is_free THEN most_share ELSE least_share END;

  RETURN QUERY
  WITH taken AS (
    SELECT c.partition AS number FROM event_log.checkpoints c
      WHERE c.tenant_id = tenant AND c.projection = projection_name
        AND (c.partition, c.fencing_token) IN (
          SELECT w.partition, w.token FROM unnest(wanted, seen) AS w (partition, token))
      ORDER BY c.partition
      FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE event_log.checkpoints c
    SET fencing_token = c.fencing_token + 1, owner_name = new_owner,
      leased_until = clock_timestamp() + lease_milliseconds * interval '1 millisecond'
    FROM taken
    WHERE c.tenant_id = tenant AND c.projection = projection_name AND c.partition = taken.number
    RETURNING c.partition, c.fencing_token, c.position, c.log_epoch;
END
$function$;
