-- Rule 1: positions are dense from 1. The policies hide other tenants, so checks run per tenant or as
-- a role that bypasses row-level security.
SELECT tenant_id, count(*) AS events, min(position) AS first, max(position) AS last
FROM event_log.events
GROUP BY tenant_id
HAVING max(position) <> count(*) OR min(position) <> 1;
