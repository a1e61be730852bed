-- The live generation comes as a plain sub-select: inside coalesce() it would not count as
-- leakproof, and under the policy no column would become an index condition.
SELECT site, version, position, fold_version, document
FROM infusion.patient_state
WHERE tenant_id = $1 AND generation = (SELECT coalesce(max(g.generation), 1)
      FROM infusion.generations g WHERE g.tenant_id = $1 AND g.projection = 'patient_state')
  AND patient_id = $2
