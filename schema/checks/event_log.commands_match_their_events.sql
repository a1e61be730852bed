-- Rule 4: a command's positions are exactly its events, in its stream, ending at its version; and
-- every event belongs to an accepted command.
SELECT coalesce(c.tenant_id, e.tenant_id) AS tenant_id,
  coalesce(c.command_id, e.command_id) AS command_id
FROM event_log.commands c
FULL JOIN (
  SELECT tenant_id, command_id, min(position) AS first_position, max(position) AS last_position,
    count(*) AS events, max(version) AS version, count(DISTINCT stream_id) AS streams,
    min(stream_category) AS stream_category
  FROM event_log.events GROUP BY tenant_id, command_id
) e ON e.tenant_id = c.tenant_id AND e.command_id = c.command_id
WHERE c.command_id IS NULL
  OR (c.first_position, c.last_position) IS DISTINCT FROM (e.first_position, e.last_position)
  OR (e.command_id IS NOT NULL AND (
    e.events <> c.last_position - c.first_position + 1 OR e.version <> c.version OR e.streams <> 1
    OR e.stream_category <> c.stream_category));
