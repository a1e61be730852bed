SELECT patient_id, kind, id, opened_position
FROM infusion.subject_references
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
    FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'subject_references')
  AND patient_id > $2 AND patient_id <= $3
ORDER BY patient_id, kind, id
