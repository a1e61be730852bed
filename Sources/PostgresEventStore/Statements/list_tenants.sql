SELECT tenant_id, name, created_at, log_epoch FROM event_log.list_tenants()
