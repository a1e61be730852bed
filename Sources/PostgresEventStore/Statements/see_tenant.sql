-- For the rest of this transaction: whose rows there are.
SELECT pg_catalog.set_config('ferrovia.tenant_id', $1, true)
