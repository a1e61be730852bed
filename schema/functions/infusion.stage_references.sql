-- Writes rebuilt rows into the generation being filled, or, if `filling` is 0, the live one.
CREATE OR REPLACE FUNCTION infusion.stage_references(
  tenant   uuid,
  filling  integer,
  patients uuid[],
  kinds    text[],
  ids      uuid[],
  opened   bigint[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, 'subject_references', filling);
BEGIN
  INSERT INTO infusion.subject_references (
    tenant_id, id, patient_id, opened_position, generation, kind)
  SELECT tenant, u.id, u.patient_id, u.opened_at, target, u.kind
  FROM unnest(patients, kinds, ids, opened) AS u (patient_id, kind, id, opened_at);
END
$function$;
