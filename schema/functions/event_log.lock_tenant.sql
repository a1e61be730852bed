-- Takes the tenant's lock for the rest of the transaction, without updating the row (an updated
-- counter row would bloat under any open snapshot), and returns the epoch of its log.
--
-- Whatever is read before an append must be read in later statements, which under READ COMMITTED
-- see every commit that the lock waited for; under any other isolation they would not, so it is refused.
-- So is everybody but the import where a log is being imported. Taking it twice is harmless.
CREATE OR REPLACE FUNCTION event_log.lock_tenant(tenant uuid) RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  epoch    integer;
  importer uuid;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'append under isolation level %: it must be read committed',
      current_setting('transaction_isolation') USING ERRCODE = 'LG002';
  END IF;
  IF tenant IS DISTINCT FROM event_log.current_tenant() THEN
    RAISE EXCEPTION 'the tenant named is not the tenant set' USING ERRCODE = 'LG003';
  END IF;
  SELECT t.log_epoch, t.importing INTO epoch, importer
    FROM event_log.tenants t WHERE t.tenant_id = tenant FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such tenant' USING ERRCODE = 'LG001';
  END IF;
  IF importer IS NOT NULL
    AND importer::text IS DISTINCT FROM current_setting('ferrovia.importing', true)
  THEN
    RAISE EXCEPTION 'the log is being imported' USING ERRCODE = 'LG009';
  END IF;
  RETURN epoch;
END
$function$;
