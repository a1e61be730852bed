-- Whose it is: of those who claim it, whose event came first.
SELECT patient_id
FROM infusion.subject_references
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'subject_references')
  AND kind = $2 AND id = $3
ORDER BY opened_position
LIMIT 1
