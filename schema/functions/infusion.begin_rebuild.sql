-- Begins to fill the next generation of some projections, or goes on where a rebuild of the same
-- ones was stopped, unless the folds are others by now or it is to start from scratch. Returns where
-- it stands. Where one of other projections is not finished, it begins from scratch or not at all.
--
-- A rebuild that is still filling has been overtaken: its next write fails. Generations are numbered
-- upwards for ever, so that rows left behind by one never pass for rows of another.
CREATE OR REPLACE FUNCTION infusion.begin_rebuild(
  tenant uuid, wanted text[], starter uuid, wanted_folding text, from_scratch boolean
) RETURNS infusion.rebuilds
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  found     infusion.rebuilds;
  beginning infusion.rebuilds;
  lowest    CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  INSERT INTO infusion.rebuilds AS r
    VALUES (
      tenant, starter, lowest, 0, 0, 0, 0, wanted_folding, '{}', '{}', '{}', '{}', '{}', '{}', '{}',
      '{}', '{}', '{}', '{}', '{}')
  ON CONFLICT (tenant_id) DO UPDATE SET filler = starter, moved_at = clock_timestamp()
  RETURNING r.* INTO found;

  IF NOT from_scratch AND found.projections <> '{}' AND found.projections <> wanted THEN
    RAISE EXCEPTION 'a rebuild of other projections is not finished' USING ERRCODE = 'IP002';
  END IF;
  IF NOT from_scratch AND found.projections = wanted AND found.folding = wanted_folding
    AND NOT EXISTS (
      SELECT FROM unnest(found.projections, found.generations) AS f (projection, filling)
      LEFT JOIN infusion.generations g
        ON g.tenant_id = tenant AND g.projection = f.projection AND g.building = f.filling
      WHERE g.tenant_id IS NULL)
  THEN
    RETURN found;
  END IF;

  -- What was left behind is nobody's now, and will be discarded.
  UPDATE infusion.generations g SET building = g.building + 1
    WHERE g.tenant_id = tenant AND g.projection = ANY (found.projections);
  INSERT INTO infusion.generations AS g (tenant_id, projection, generation, building)
    SELECT tenant, w.projection, 1, 2 FROM unnest(wanted) AS w (projection)
  ON CONFLICT (tenant_id, projection) DO UPDATE
    SET building = greatest(g.generation, coalesce(g.building, 0)) + 1;

  UPDATE infusion.rebuilds r
    SET through = lowest, head = l.head, reached = l.head, patients = 0, events = 0,
      folding = wanted_folding, projections = wanted,
      generations = ARRAY(
        SELECT g.building FROM unnest(wanted) WITH ORDINALITY AS w (projection, ordinal)
        JOIN infusion.generations g ON g.tenant_id = tenant AND g.projection = w.projection
        ORDER BY w.ordinal),
      live_rows = '{}', rebuilt_rows = '{}', live_digests = '{}', rebuilt_digests = '{}',
      differing_counts = '{}', differing_projections = '{}', differing_rows = '{}',
      differences = '{}', begun_at = clock_timestamp(), moved_at = clock_timestamp(),
      parked_patients = '{}', parked_positions = '{}', parked_classes = '{}', parked_messages = '{}'
    FROM (
      SELECT coalesce(
        (SELECT e.position FROM event_log.events e
          WHERE e.tenant_id = tenant ORDER BY e.position DESC LIMIT 1), 0) AS head
    ) l
    WHERE r.tenant_id = tenant
    RETURNING r.* INTO beginning;
  RETURN beginning;
END
$function$;
