-- The open rows as known at a position, of one site or of all, after a cursor.
SELECT patient_id, rule, anchor_version, site, rule_version, reason, tests, earliest, due,
  overdue_after, urgency, opened_position, NULL::bigint, NULL::text, evidence
FROM infusion.known_rechecks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ORDER BY urgency, due, patient_id, rule, anchor_version
LIMIT $11
