-- The open rows of a site as known at a position, after a cursor: those open now, and those closed
-- since.
SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
  overdue_after,
  urgency, opened_position, NULL::bigint, NULL::text, evidence
FROM (
  (SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
    overdue_after,
    urgency, opened_position, closed_position, closed_reason, evidence
    FROM infusion.recheck_queue q
    WHERE q.tenant_id = $1 AND q.generation = (SELECT coalesce(max(g.generation), 1)
          FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'recheck_queue')
      AND q.site = $2 AND q.closed_position IS NULL AND q.opened_position <= $3
      AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
        > ($6, $7, $8, $9, $10)
      AND ($4::text IS NULL OR $4 = CASE
        WHEN $5 > q.overdue_after THEN 'overdue' WHEN $5 >= q.due THEN 'due' ELSE 'upcoming' END)
    ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
    LIMIT $11)
  UNION ALL
  (SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
    overdue_after,
    urgency, opened_position, closed_position, closed_reason, evidence
    FROM infusion.recheck_queue q
    WHERE q.tenant_id = $1 AND q.generation = (SELECT coalesce(max(g.generation), 1)
          FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'recheck_queue')
      AND q.site = $2 AND q.closed_position > $3 AND q.opened_position <= $3
      AND (q.urgency, q.due, q.patient_id, q.rule, q.anchor_version)
        > ($6, $7, $8, $9, $10)
      AND ($4::text IS NULL OR $4 = CASE
        WHEN $5 > q.overdue_after THEN 'overdue' WHEN $5 >= q.due THEN 'due' ELSE 'upcoming' END)
    ORDER BY q.urgency, q.due, q.patient_id, q.rule, q.anchor_version
    LIMIT $11)
) known
ORDER BY urgency, due, patient_id, rule, anchor_version
LIMIT $11
