-- How far each asynchronous projection has come, and who may move it.
--
-- One row per projection and tenant, updated in the same transaction as the projection's own rows.
-- The fencing token is handed out anew to whoever takes the projection over; a write with an older
-- one is refused, so that an owner who was paused cannot write after its successor.
CREATE TABLE event_log.checkpoints (
  tenant_id     uuid        NOT NULL,
  position      bigint      NOT NULL DEFAULT 0,
  fencing_token bigint      NOT NULL DEFAULT 0,
  updated_at    timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  -- The epoch of the event at `position`; NULL before the first. If the log was cut short by a
  -- failover and has grown again, the event there carries another epoch.
  log_epoch     integer,
  projection    text        NOT NULL COLLATE "C",
  owner_name    text        NOT NULL,
  CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, projection),
  CONSTRAINT position_is_not_negative CHECK (position >= 0),
  CONSTRAINT fencing_token_is_not_negative CHECK (fencing_token >= 0),
  CONSTRAINT projection_is_not_empty CHECK (projection <> '')
)
-- Updated all the time and tiny: room for the next versions on the same page (HOT).
WITH (fillfactor = 30);

ALTER TABLE event_log.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.checkpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.checkpoints
  USING (tenant_id = event_log.current_tenant());

CREATE TYPE event_log.checkpoint_state AS (
  fencing_token bigint,
  position      bigint,
  log_epoch     integer
);
