-- Where the rebuild stands that this one begins or takes up.
SELECT r.through, r.head, r.reached, r.patients, r.events, r.generations, r.live_rows,
  r.rebuilt_rows, r.live_digests, r.rebuilt_digests, r.differing_rows, r.differences,
  r.parked_patients, r.parked_positions, r.parked_classes, r.parked_messages,
  r.differing_counts, r.differing_projections
FROM infusion.begin_rebuild($1, $2, $3, $4, $5) AS r
