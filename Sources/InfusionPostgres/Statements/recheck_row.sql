-- A recheck as it stood at a position: its last opening by then.
SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
  overdue_after,
  urgency, opened_position,
  CASE WHEN closed_position <= $5 THEN closed_position END,
  CASE WHEN closed_position <= $5 THEN closed_reason END, evidence
FROM infusion.recheck_queue
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'recheck_queue')
  AND patient_id = $2 AND rule = $3 AND anchor_version = $4 AND opened_position <= $5
ORDER BY opened_position DESC
LIMIT 1
