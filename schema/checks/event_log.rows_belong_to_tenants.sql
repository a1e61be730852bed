-- What a foreign key would promise, without its cost on every row.
SELECT tenant_id FROM event_log.events GROUP BY tenant_id
EXCEPT SELECT tenant_id FROM event_log.tenants
UNION ALL
(SELECT tenant_id FROM event_log.commands GROUP BY tenant_id
EXCEPT SELECT tenant_id FROM event_log.tenants);
