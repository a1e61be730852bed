-- Keys that protect what identifies a subject, and the index that finds a subject without reading it.
-- All bytes here are opaque to the database. Neither table is granted to anybody; see functions/.

-- Erasure overwrites the key and keeps the row: `present`, `erased` and `never there` stay three
-- different answers. The overwritten version lives on in dead tuples until VACUUM, in WAL and in
-- backups; what it is worth there ends with the wrapping key.
CREATE TABLE event_log.subject_keys (
  tenant_id       uuid        NOT NULL,
  subject_id      uuid        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  erased_at       timestamptz,
  wrapping_key_id text        COLLATE "C",
  wrapped_key     bytea,
  CONSTRAINT subject_keys_pkey PRIMARY KEY (tenant_id, subject_id),
  CONSTRAINT key_is_there_unless_erased CHECK (
    (erased_at IS NULL) = (wrapped_key IS NOT NULL)
    AND (erased_at IS NULL) = (wrapping_key_id IS NOT NULL)
  )
);
ALTER TABLE event_log.subject_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.subject_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.subject_keys
  USING (tenant_id = event_log.current_tenant());

-- A token is a keyed digest of an identifier: equal identifiers of one tenant give equal tokens.
CREATE TABLE event_log.blind_index (
  tenant_id  uuid        NOT NULL,
  subject_id uuid        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  token      bytea       NOT NULL,
  CONSTRAINT blind_index_pkey PRIMARY KEY (tenant_id, token),
  CONSTRAINT token_is_a_digest CHECK (octet_length(token) BETWEEN 16 AND 64)
);
-- Erasure removes every token of a subject.
CREATE INDEX blind_index_by_subject ON event_log.blind_index (tenant_id, subject_id);
ALTER TABLE event_log.blind_index ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.blind_index FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.blind_index
  USING (tenant_id = event_log.current_tenant());

CREATE TYPE event_log.subject_key_state AS (
  -- 'present', 'erased' or 'absent'
  state           text,
  wrapped_key     bytea,
  wrapping_key_id text,
  created_at      timestamptz,
  erased_at       timestamptz
);
