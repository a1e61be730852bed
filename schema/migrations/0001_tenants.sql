-- Tenants: who owns a log. Also the two functions that table definitions refer to; they are frozen
-- here with the tables, every other function lives in functions/ and may be replaced.

-- The tenant this transaction works for; NULL, and therefore no rows, when nobody said.
CREATE FUNCTION event_log.current_tenant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(pg_catalog.current_setting('ferrovia.tenant_id', true), '')::uuid;

-- Stands behind the missing grants: the log is never changed, not even by its owner.
CREATE FUNCTION event_log.refuse_change() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: nothing in the log is changed or removed',
    TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'LG005';
END
$function$;

CREATE TABLE event_log.tenants (
  tenant_id  uuid        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
  -- Written into every event; raised on promotion, so that a reader ahead of a shorter log notices.
  log_epoch  integer     NOT NULL DEFAULT 1,
  name       text        NOT NULL COLLATE "C",
  CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id),
  -- The one unique key that does not start with the tenant: the directory is looked up by name
  -- before a tenant is known. It is small; a sharded installation keeps it as a reference table.
  CONSTRAINT tenant_name_is_unique UNIQUE (name),
  CONSTRAINT tenant_name_is_a_slug CHECK (name ~ '^[a-z][a-z0-9-]{1,62}$'),
  CONSTRAINT log_epoch_is_positive CHECK (log_epoch > 0)
);

COMMENT ON TABLE event_log.tenants IS
  'Who owns a log. An append locks its row FOR NO KEY UPDATE and does not update it.';

ALTER TABLE event_log.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_log.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON event_log.tenants
  USING (tenant_id = event_log.current_tenant());
-- The directory functions run as the owner and see all tenants; nobody else does.
CREATE POLICY directory_sees_all ON event_log.tenants TO ferrovia_owner
  USING (true) WITH CHECK (true);
