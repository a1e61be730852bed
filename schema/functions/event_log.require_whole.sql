-- Sent after an append, in its transaction, for a batch that stands or falls together: fails the
-- transaction unless every command of it is in the log, written now or before.
--
-- The tenant's lock is held until the transaction ends, so nobody has seen what is rolled back. Known ids
-- count, or a batch that is sent again after a lost answer could never be answered.
CREATE OR REPLACE FUNCTION event_log.require_whole(
  tenant       uuid,
  command_ids  uuid[],
  fingerprints bytea[]
) RETURNS void
  LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  IF EXISTS (
    SELECT FROM unnest(command_ids, fingerprints) AS c (command_id, fingerprint)
    WHERE (
      SELECT k.fingerprint FROM event_log.commands k
      WHERE k.tenant_id = require_whole.tenant AND k.command_id = c.command_id
      LIMIT 1  -- a lookup by key for each row, never a join
    ) IS DISTINCT FROM c.fingerprint)
  THEN
    RAISE EXCEPTION 'not all of a bound batch could be appended' USING ERRCODE = 'LG011';
  END IF;
END
$function$;
