-- Lines of the report with the position they rest on, which comes even where there is no line: every
-- partition of the patients has come at least so far.
SELECT p.position, r.product, r.site, r.month, r.doses_started, r.doses_completed,
  r.doses_stopped, r.milligrams_given,
  r.reactions_ungraded, r.reactions_grade_1, r.reactions_grade_2, r.reactions_grade_3,
  r.reactions_grade_4, r.reactions_grade_5, r.courses, r.courses_with_response,
  r.hemoglobin_rise
FROM (
  SELECT coalesce((SELECT min(c.position) FROM event_log.checkpoints c
    WHERE c.tenant_id = $1 AND c.projection = 'dose_report'), 0) AS position
) p
LEFT JOIN infusion.dose_report r
  ON r.tenant_id = $1 AND r.generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'dose_report')
  AND ($2::text IS NULL OR r.product = $2) AND ($3::text IS NULL OR r.site = $3)
  AND ($4::date IS NULL OR r.month >= $4) AND ($5::date IS NULL OR r.month <= $5)
ORDER BY r.product, r.site, r.month
