-- Every accepted command for ever: the key that makes a retry harmless, and the first answer.
-- Refusals and conflicts are not kept; the same command may succeed later.
CREATE TABLE event_log.commands (
  tenant_id       uuid        NOT NULL,
  command_id      uuid        NOT NULL,
  stream_id       uuid        NOT NULL,
  recorded_at     timestamptz NOT NULL,
  version         bigint      NOT NULL,
  head            bigint      NOT NULL,
  first_position  bigint,
  last_position   bigint,
  stream_category text        NOT NULL COLLATE "C",
  fingerprint     bytea       NOT NULL,
  answer          bytea       NOT NULL,
  CONSTRAINT commands_pkey PRIMARY KEY (tenant_id, command_id),
  CONSTRAINT version_is_not_negative CHECK (version >= 0),
  CONSTRAINT positions_are_both_known_or_both_absent
    CHECK ((first_position IS NULL) = (last_position IS NULL)),
  CONSTRAINT positions_are_in_order CHECK (first_position <= last_position),
  CONSTRAINT events_of_a_command_end_at_its_head CHECK (last_position = head),
  CONSTRAINT head_is_not_negative CHECK (head >= 0)
)
WITH (fillfactor = 100);

COMMENT ON TABLE event_log.commands IS 'Accepted commands, for ever. Never updated or deleted.';
COMMENT ON COLUMN event_log.commands.version IS 'The version of the stream after the command.';
COMMENT ON COLUMN event_log.commands.head IS
  'The last position of the log after the command: what its answer rests on.';
COMMENT ON COLUMN event_log.commands.first_position IS
  'NULL for a command that changed nothing.';

ALTER TABLE event_log.commands ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.commands FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.commands
  USING (tenant_id = event_log.current_tenant());
CREATE TRIGGER commands_are_never_changed
  BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log.commands
  FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

-- What event_log.append says about each command, in the order given.
CREATE TYPE event_log.append_outcome AS ENUM (
  'appended', 'duplicate', 'fingerprint_mismatch', 'conflict', 'unavailable', 'undecided',
  'category_mismatch'
);
CREATE TYPE event_log.append_result AS (
  ordinal         integer,                  -- from 1
  outcome         event_log.append_outcome,
  version         bigint,                   -- after the command; for a conflict, the one found
  head            bigint,
  first_position  bigint,
  last_position   bigint,
  recorded_at     timestamptz,
  reason          text,                     -- only for 'unavailable': the constraint
  -- Only for a duplicate or a mismatch: what was accepted under this id at first.
  stream_category text,
  stream_id       uuid,
  fingerprint     bytea,
  answer          bytea
);
