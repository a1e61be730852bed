-- No role of the service may write a projection except through the functions.
SELECT r.rolname, t.oid::regclass AS table_name, p.privilege
FROM pg_catalog.pg_roles r
CROSS JOIN pg_catalog.pg_class t
CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p (privilege)
WHERE r.rolname IN ('ferrovia_appender', 'ferrovia_projector', 'ferrovia_reader')
  AND t.relnamespace = 'infusion'::regnamespace AND t.relkind = 'r'
  AND pg_catalog.has_table_privilege(r.oid, t.oid, p.privilege);
