-- Patients with events in a range of positions, each with how many there are by its end.
--
-- The range is read first: appends may wait for the answer, and where the planner knows little of the table, as
-- after an import, it would rather read the whole log in the order in which the patients are wanted.
WITH appended AS MATERIALIZED (
  SELECT stream_id, version
  FROM event_log.events
  WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND stream_category = 'patient'
)
SELECT stream_id, max(version)
FROM appended
GROUP BY stream_id
ORDER BY stream_id
