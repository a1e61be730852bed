-- The log: one gapless, totally ordered sequence of events per tenant.
--
-- Column order: first what every scan filters or numbers by, in widths of 16 and 8 that need no
-- padding, then the narrow integers, then what varies in length; the payload comes last, because
-- reading a column means walking over the variable ones before it. A NULL causation costs one bit.
--
-- No foreign key to tenants or commands: the append function holds the tenant's row and writes both
-- tables, and a check per row would cost more than the row. checks/ proves what a key would promise.
CREATE TABLE event_log.events (
  tenant_id       uuid        NOT NULL,
  position        bigint      NOT NULL,
  stream_id       uuid        NOT NULL,
  version         bigint      NOT NULL,
  command_id      uuid        NOT NULL,
  correlation_id  uuid        NOT NULL,
  recorded_at     timestamptz NOT NULL,
  effective_at    timestamptz NOT NULL,
  causation       bigint,
  log_epoch       integer     NOT NULL,
  payload_version smallint    NOT NULL,
  stream_category text        NOT NULL COLLATE "C",
  event_type      text        NOT NULL COLLATE "C",
  actor           text        NOT NULL COLLATE "C",
  rule_set        text        NOT NULL COLLATE "C",
  payload         bytea       NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (tenant_id, position),
  -- A stream is known by its id alone; its category is a property, judged by the append against
  -- the stream's last event. That keeps this index, the most scattered one, free of text.
  CONSTRAINT version_is_unique_in_stream UNIQUE (tenant_id, stream_id, version),
  CONSTRAINT position_is_positive CHECK (position > 0),
  CONSTRAINT version_is_positive CHECK (version > 0),
  CONSTRAINT payload_version_is_positive CHECK (payload_version > 0),
  CONSTRAINT stream_category_is_a_lower_case_word CHECK (stream_category ~ '^[a-z]{1,32}$'),
  CONSTRAINT event_type_is_not_empty CHECK (event_type <> ''),
  CONSTRAINT causation_precedes_event CHECK (causation > 0 AND causation < position)
)
-- Rows are never updated, so pages and the ascending key are filled to the brim. The stream index
-- takes inserts everywhere and keeps its default room.
WITH (fillfactor = 100);

-- Payloads are compressed only when too long for the page: JSON of a few hundred bytes is not worth it.
COMMENT ON TABLE event_log.events IS
  'One gapless, totally ordered log per tenant: max(position) = count(*). Never updated or deleted.';
COMMENT ON COLUMN event_log.events.recorded_at IS
  'When the log learned it; never runs against position.';
COMMENT ON COLUMN event_log.events.effective_at IS 'When it happened in the world.';
COMMENT ON COLUMN event_log.events.payload IS
  'JSON text, the exact bytes written; see events_readable for people.';

ALTER TABLE event_log.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.events
  USING (tenant_id = event_log.current_tenant());
CREATE TRIGGER events_are_never_changed
  BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log.events
  FOR EACH STATEMENT EXECUTE FUNCTION event_log.refuse_change();

-- For people with psql: the payload as json. It sees what its caller may see.
CREATE VIEW event_log.events_readable WITH (security_invoker = true) AS
  SELECT
    tenant_id, position, stream_category, stream_id, version, event_type, payload_version,
    effective_at, recorded_at, actor, rule_set,
    convert_from(payload, 'UTF8')::json AS payload,
    command_id, correlation_id, causation, log_epoch
  FROM event_log.events;
