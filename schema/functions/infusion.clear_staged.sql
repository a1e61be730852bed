-- Removes these patients' rows from the generation being filled, or, if `filling` is 0, from the live
-- one, so that they can be written again.
CREATE OR REPLACE FUNCTION infusion.clear_staged(
  tenant uuid, wanted text, filling integer, patients uuid[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, wanted, filling);
BEGIN
  EXECUTE format(
    'DELETE FROM infusion.%I WHERE tenant_id = $1 AND generation = $2 AND patient_id = ANY ($3)',
    CASE wanted WHEN 'dose_report' THEN 'dose_report_shares' ELSE wanted END)
    USING tenant, target, patients;
END
$function$;
