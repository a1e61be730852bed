-- Called by infusion.append: the state of each patient after the last of its commands that wrote
-- events.
CREATE OR REPLACE FUNCTION infusion.write_patient_states(
  tenant         uuid,
  stream_ids     uuid[],
  last_positions bigint[],
  last_versions  bigint[],
  sites          text[],
  fold_versions  integer[],
  documents      bytea[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  live integer := infusion.live_generation(tenant, 'patient_state');
BEGIN
  INSERT INTO infusion.patient_state AS s (
    tenant_id, patient_id, version, position, generation, fold_version, site, document)
  SELECT DISTINCT ON (c.stream_id)
    tenant, c.stream_id, c.version, c.last_position, live, c.fold_version, c.site, c.document
  FROM unnest(stream_ids, last_positions, last_versions, sites, fold_versions, documents)
    WITH ORDINALITY
    AS c (stream_id, last_position, version, site, fold_version, document, ordinal)
  WHERE c.last_position > 0
  ORDER BY c.stream_id, c.ordinal DESC
  ON CONFLICT (tenant_id, generation, patient_id) DO UPDATE
    SET version = excluded.version, position = excluded.position,
      fold_version = excluded.fold_version, site = excluded.site, document = excluded.document;
END
$function$;
