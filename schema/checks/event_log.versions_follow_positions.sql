-- Within a stream, a later version has a later position, and one category.
SELECT tenant_id, stream_id, version, position
FROM (
  SELECT tenant_id, stream_id, version, position, stream_category,
    lag(position) OVER stream AS position_before,
    lag(stream_category) OVER stream AS category_before
  FROM event_log.events
  WINDOW stream AS (PARTITION BY tenant_id, stream_id ORDER BY version)
) e
WHERE position <= position_before OR stream_category <> category_before;
