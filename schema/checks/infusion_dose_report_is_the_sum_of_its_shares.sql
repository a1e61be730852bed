-- The live report is what its shares add up to.
SELECT coalesce(r.tenant_id, s.tenant_id) AS tenant_id, coalesce(r.product, s.product) AS product,
  coalesce(r.site, s.site) AS site, coalesce(r.month, s.month) AS month
FROM (
  SELECT d.* FROM infusion.dose_report d
  LEFT JOIN infusion.generations g ON g.tenant_id = d.tenant_id AND g.projection = 'dose_report'
  WHERE d.generation = coalesce(g.generation, 1)
) r
FULL JOIN (
  SELECT d.tenant_id, d.product, d.site, d.month, sum(d.doses_started) AS doses_started,
    sum(d.milligrams_given) AS milligrams_given, sum(d.courses) AS courses,
    sum(d.hemoglobin_rise) AS hemoglobin_rise
  FROM infusion.dose_report_shares d
  LEFT JOIN infusion.generations g ON g.tenant_id = d.tenant_id AND g.projection = 'dose_report'
  WHERE d.generation = coalesce(g.generation, 1)
  GROUP BY d.tenant_id, d.product, d.site, d.month
) s ON (s.tenant_id, s.product, s.site, s.month) = (r.tenant_id, r.product, r.site, r.month)
WHERE (r.doses_started, r.milligrams_given, r.courses, r.hemoglobin_rise)
  IS DISTINCT FROM (s.doses_started, s.milligrams_given, s.courses, s.hemoglobin_rise);
