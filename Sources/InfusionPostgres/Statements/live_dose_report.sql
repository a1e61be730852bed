SELECT product, site, month, doses_started, doses_completed, doses_stopped, milligrams_given,
  reactions_ungraded,
  reactions_grade_1, reactions_grade_2, reactions_grade_3, reactions_grade_4, reactions_grade_5,
  courses, courses_with_response, hemoglobin_rise
FROM infusion.dose_report
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
    FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'dose_report')
ORDER BY product, site, month
