-- Writes rebuilt rows into the generation being filled, or, if `filling` is 0, the live one.
CREATE OR REPLACE FUNCTION infusion.stage_patient_states(
  tenant        uuid,
  filling       integer,
  patients      uuid[],
  versions      bigint[],
  positions     bigint[],
  fold_versions integer[],
  sites         text[],
  documents     bytea[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, 'patient_state', filling);
BEGIN
  INSERT INTO infusion.patient_state (
    tenant_id, patient_id, version, position, generation, fold_version, site, document)
  SELECT tenant, u.patient_id, u.version, u.position, target, u.fold_version, u.site, u.document
  FROM unnest(patients, versions, positions, fold_versions, sites, documents)
    AS u (patient_id, version, position, fold_version, site, document);
END
$function$;
