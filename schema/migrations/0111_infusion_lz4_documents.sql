-- See 0011_lz4_payloads.
DO $compression$
BEGIN
  ALTER TABLE infusion.patient_state ALTER document SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  RAISE NOTICE 'this server was built without LZ4; documents stay compressed by pglz';
END
$compression$;
