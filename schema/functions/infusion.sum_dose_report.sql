-- Adds up lines of the report from their shares: those named, or all of them where none are (NULL).
CREATE OR REPLACE FUNCTION infusion.sum_dose_report(
  tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  DELETE FROM infusion.dose_report r
    WHERE r.tenant_id = sum_dose_report.tenant AND r.generation = target
      AND (line_products IS NULL OR (r.product, r.site, r.month) IN (
        SELECT l.product, l.site, l.month
        FROM unnest(line_products, line_sites, line_months) AS l (product, site, month)));

  INSERT INTO infusion.dose_report
  SELECT
    s.tenant_id, s.generation, s.month, sum(s.doses_started), sum(s.doses_completed),
    sum(s.doses_stopped), sum(s.reactions_ungraded), sum(s.reactions_grade_1),
    sum(s.reactions_grade_2), sum(s.reactions_grade_3), sum(s.reactions_grade_4),
    sum(s.reactions_grade_5), sum(s.courses), sum(s.courses_with_response), s.product, s.site,
    sum(s.milligrams_given), sum(s.hemoglobin_rise)
  FROM infusion.dose_report_shares s
  WHERE s.tenant_id = sum_dose_report.tenant AND s.generation = target
    AND (line_products IS NULL OR (s.product, s.site, s.month) IN (
      SELECT l.product, l.site, l.month
      FROM unnest(line_products, line_sites, line_months) AS l (product, site, month)))
  GROUP BY s.tenant_id, s.generation, s.product, s.site, s.month;
END
$function$;
