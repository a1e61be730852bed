-- The four roles everything is owned by or granted to. Roles belong to the whole cluster, not to one
-- database, so two databases may be migrated at the same moment: every statement here tolerates that
-- somebody else was faster.
--
--   ferrovia_owner      owns schemas, tables and functions; nobody logs in as it
--   ferrovia_appender   may call the functions that write the log; has no INSERT on any table of it
--   ferrovia_projector  may read the log and move checkpoints of projections
--   ferrovia_reader     may read
--
-- None of them can log in. The service's login role, named in the setting `ferrovia.login_role` by
-- the migrator, is made a member of the last three; it must exist already, since only the operator
-- knows how it authenticates.
DO $roles$
DECLARE
  role_name text;
  login_role text := nullif(current_setting('ferrovia.login_role', true), '');
BEGIN
  FOREACH role_name IN ARRAY
    ARRAY['ferrovia_owner', 'ferrovia_appender', 'ferrovia_projector', 'ferrovia_reader']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = role_name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', role_name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
    IF login_role IS NOT NULL AND role_name <> 'ferrovia_owner'
      AND NOT pg_catalog.pg_has_role(login_role, role_name, 'MEMBER')
    THEN
      BEGIN
        EXECUTE format('GRANT %I TO %I', role_name, login_role);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
  -- The migrator goes on as the owner, who must be able to create the schemas.
  IF NOT pg_catalog.pg_has_role(current_user, 'ferrovia_owner', 'MEMBER') THEN
    EXECUTE format('GRANT ferrovia_owner TO %I', current_user);
  END IF;
  IF NOT pg_catalog.has_database_privilege('ferrovia_owner', current_database(), 'CREATE') THEN
    EXECUTE format('GRANT CREATE ON DATABASE %I TO ferrovia_owner', current_database());
  END IF;
END
$roles$;
