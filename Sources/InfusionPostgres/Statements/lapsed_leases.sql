SELECT projection, owner_name, array_agg(partition::bigint ORDER BY partition), max(leased_until),
  min(position)
FROM event_log.checkpoints
WHERE tenant_id = $1 AND leased_until > '-infinity' AND leased_until <= clock_timestamp()
GROUP BY projection, owner_name
ORDER BY projection, owner_name
