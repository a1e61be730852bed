SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
  overdue_after,
  urgency, opened_position, closed_position, closed_reason, evidence
FROM infusion.recheck_queue
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
    FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'recheck_queue')
  AND patient_id > $2 AND patient_id <= $3
ORDER BY patient_id, rule, anchor_version, opened_position
