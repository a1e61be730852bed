-- Adds up lines of the report from their shares: those named, or all of them where none are (NULL).
--
-- One after another, each from its own range of the index: looked for together, a few lines would be found
-- by reading the shares of all patients, and this runs for every page of the log.
CREATE OR REPLACE FUNCTION infusion.sum_dose_report(
  tenant uuid, target integer, line_products text[], line_sites text[], line_months date[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
  IF line_products IS NULL THEN
    DELETE FROM infusion.dose_report r
      WHERE r.tenant_id = sum_dose_report.tenant AND r.generation = target;
    SELECT array_agg(l.product), array_agg(l.site), array_agg(l.month)
      INTO line_products, line_sites, line_months
      FROM (
        SELECT DISTINCT s.product, s.site, s.month
        FROM infusion.dose_report_shares s
        WHERE s.tenant_id = sum_dose_report.tenant AND s.generation = target
      ) l;
  ELSE
    DELETE FROM infusion.dose_report r
      USING unnest(line_products, line_sites, line_months) AS l (product, site, month)
      WHERE r.tenant_id = sum_dose_report.tenant AND r.generation = target
        AND r.product = l.product AND r.site = l.site AND r.month = l.month;
  END IF;

  INSERT INTO infusion.dose_report
  SELECT added.*
  FROM (
    SELECT DISTINCT l.product, l.site, l.month
    FROM unnest(line_products, line_sites, line_months) AS l (product, site, month)
  ) line
  CROSS JOIN LATERAL (
    SELECT
      s.tenant_id, s.generation, s.month, sum(s.doses_started), sum(s.doses_completed),
      sum(s.doses_stopped), sum(s.reactions_ungraded), sum(s.reactions_grade_1),
      sum(s.reactions_grade_2), sum(s.reactions_grade_3), sum(s.reactions_grade_4),
      sum(s.reactions_grade_5), sum(s.courses), sum(s.courses_with_response), s.product, s.site,
      sum(s.milligrams_given), sum(s.hemoglobin_rise)
    FROM infusion.dose_report_shares s
    WHERE s.tenant_id = sum_dose_report.tenant AND s.generation = target
      AND s.product = line.product AND s.site = line.site AND s.month = line.month
    GROUP BY s.tenant_id, s.generation, s.product, s.site, s.month
  ) added;
END
$function$;
