-- Begins an import, or takes over one that was interrupted: from then on the log is its own. Returns
-- the head; where that is not the one expected, and nobody was importing, nothing was begun.
--
-- The four functions of an import are the operator's, run as the owner; granted to nobody.
CREATE OR REPLACE FUNCTION event_log.begin_import(
  tenant uuid, import uuid, expected_head bigint
) RETURNS bigint
  LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  since timestamptz;
  head  bigint;
BEGIN
  -- As event_log.lock_tenant does, whoever is importing: what is read next is what was waited for.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'import under isolation level %: it must be read committed',
      current_setting('transaction_isolation') USING ERRCODE = 'LG002';
  END IF;
  SELECT t.importing_since INTO since
    FROM event_log.tenants t WHERE t.tenant_id = begin_import.tenant FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such tenant' USING ERRCODE = 'LG001';
  END IF;
  head := coalesce(
    (SELECT e.position FROM event_log.events e WHERE e.tenant_id = begin_import.tenant
      ORDER BY e.position DESC LIMIT 1), 0);
  IF since IS NOT NULL OR head = expected_head THEN
    UPDATE event_log.tenants t
      SET importing = import, importing_since = coalesce(since, clock_timestamp())
      WHERE t.tenant_id = begin_import.tenant;
  END IF;
  RETURN head;
END
$function$;
