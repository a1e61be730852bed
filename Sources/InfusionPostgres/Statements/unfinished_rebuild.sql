SELECT projections, patients, events, head, begun_at, moved_at
FROM infusion.rebuilds
WHERE tenant_id = $1
