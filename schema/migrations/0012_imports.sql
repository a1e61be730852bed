-- A log that is being imported grows batch by batch, and its projections are made afterwards: until
-- all of it is there nobody else appends to it, and nobody reads it. `importing` is the import that may;
-- it stays where an import was interrupted, and the next one takes its place.
ALTER TABLE event_log.tenants
  ADD COLUMN importing uuid,
  ADD COLUMN importing_since timestamptz,
  ADD CONSTRAINT import_has_a_beginning CHECK ((importing IS NULL) = (importing_since IS NULL));

-- An export goes along the log. Commands with events are found by those; these are few.
CREATE INDEX commands_without_events ON event_log.commands (tenant_id, head)
  WHERE first_position IS NULL;
