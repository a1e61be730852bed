SELECT command_id FROM event_log.commands WHERE tenant_id = $1 AND command_id = ANY ($2)
