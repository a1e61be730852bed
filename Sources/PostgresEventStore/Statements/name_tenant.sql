-- For the rest of this transaction: whose rows there are, also while the log is being imported.
SELECT pg_catalog.set_config('ferrovia.tenant_id', $1, true)
