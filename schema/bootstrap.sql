-- What must be there before the first migration: the schema of the log and the list of what has been
-- applied. Run as the owner, every time; it never changes anything that is there.
CREATE SCHEMA IF NOT EXISTS event_log;

CREATE TABLE IF NOT EXISTS event_log.migrations (
  applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  -- 'migration', applied once; 'function' and 'privileges', applied again when they change.
  kind       text        NOT NULL COLLATE "C",
  name       text        NOT NULL COLLATE "C",
  -- SHA-256 of the file. A migration whose file has changed since is refused.
  digest     text        NOT NULL,
  CONSTRAINT migrations_pkey PRIMARY KEY (kind, name),
  CONSTRAINT kind_is_known CHECK (kind IN ('migration', 'function', 'privileges'))
);
