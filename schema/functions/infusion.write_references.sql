-- Called by infusion.append: whose the things are that the batch named for the first time.
CREATE OR REPLACE FUNCTION infusion.write_references(
  tenant             uuid,
  stream_ids         uuid[],
  last_positions     bigint[],
  last_versions      bigint[],
  reference_commands integer[],
  reference_versions bigint[],
  reference_kinds    text[],
  reference_ids      uuid[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  live integer := infusion.live_generation(tenant, 'subject_references');
BEGIN
  INSERT INTO infusion.subject_references (
    tenant_id, id, patient_id, opened_position, generation, kind)
  SELECT
    tenant, r.id, stream_ids[r.command],
    last_positions[r.command] - (last_versions[r.command] - r.version), live, r.kind
  FROM unnest(reference_commands, reference_versions, reference_kinds, reference_ids)
    WITH ORDINALITY AS r (command, version, kind, id, ordinal)
  WHERE last_positions[r.command] > 0
  ORDER BY r.ordinal
  -- A thing that its patient names again keeps its first row.
  ON CONFLICT DO NOTHING;
END
$function$;
