-- For the rest of this transaction: whose rows there are; refused while the log is being imported.
SELECT event_log.see_tenant($1)
