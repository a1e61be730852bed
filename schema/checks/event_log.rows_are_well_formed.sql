-- Events and commands that event_log.append would not have written.
SELECT e.tenant_id, 'event' AS kind, e.position
FROM event_log.events e
WHERE e.position <= 0 OR e.version <= 0 OR e.payload_version <= 0 OR e.event_type = ''
  OR e.stream_category !~ '^[a-z]{1,32}$' OR e.causation <= 0 OR e.causation >= e.position
UNION ALL
SELECT c.tenant_id, 'command', c.head
FROM event_log.commands c
WHERE c.version < 0 OR c.head < 0 OR (c.first_position IS NULL) <> (c.last_position IS NULL)
  OR c.first_position > c.last_position OR c.last_position <> c.head;
