-- Row-level security is on and forced on every table that has a tenant, in every schema of ours.
SELECT t.oid::regclass AS table_name
FROM pg_catalog.pg_class t
JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id'
JOIN pg_catalog.pg_roles o ON o.oid = t.relowner
WHERE o.rolname = 'ferrovia_owner' AND t.relkind IN ('r', 'p')
  AND NOT (t.relrowsecurity AND t.relforcerowsecurity);
