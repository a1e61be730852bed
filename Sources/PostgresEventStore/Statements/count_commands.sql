-- Commands that say they have events: up to a position, and beyond it.
SELECT count(*) FILTER (WHERE last_position <= $2), count(*) FILTER (WHERE last_position > $2)
FROM event_log.commands WHERE tenant_id = $1 AND first_position IS NOT NULL
