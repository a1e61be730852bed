-- Rule 7: recorded_at never runs against position.
SELECT tenant_id, position
FROM (
  SELECT tenant_id, position, recorded_at,
    lag(recorded_at) OVER (PARTITION BY tenant_id ORDER BY position) AS recorded_before
  FROM event_log.events
) e
WHERE recorded_at < recorded_before;
