-- What is long is compressed by LZ4 from now on, where the server was built with it: with pglz, the
-- default, groups of commands took a fifth to a third longer in the database.
DO $compression$
BEGIN
  ALTER TABLE event_log.events ALTER payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this server was built without LZ4; payloads stay compressed by pglz';
END
$compression$;
