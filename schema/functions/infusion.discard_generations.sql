-- Removes rows of generations that are neither live nor being filled, at most so many of older and of
-- newer ones at once; returns how many went. Rows of the live generation are never removed.
CREATE OR REPLACE FUNCTION infusion.discard_generations(tenant uuid, wanted text, at_most integer)
  RETURNS bigint
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  relation  text;
  removed   bigint;
  total     bigint := 0;
  relations text[] := CASE wanted
    WHEN 'dose_report' THEN ARRAY['dose_report_shares', 'dose_report'] ELSE ARRAY[wanted] END;
  live      integer;
  filling   integer;
BEGIN
  SELECT g.generation, g.building INTO live, filling FROM infusion.generations g
    WHERE g.tenant_id = tenant AND g.projection = wanted FOR SHARE;
  IF NOT FOUND THEN
    RETURN 0;
  END IF;
  FOREACH relation IN ARRAY relations LOOP
    -- Ranges, so that the index leads to them and the live rows are not read.
    EXECUTE format(
      'DELETE FROM infusion.%I WHERE ctid = ANY (ARRAY(
         SELECT r.ctid FROM infusion.%I r WHERE r.tenant_id = $1 AND r.generation < $2
         LIMIT $4)
       || ARRAY(
         SELECT r.ctid FROM infusion.%I r
         WHERE r.tenant_id = $1 AND r.generation > $2 AND r.generation < $3
         LIMIT $4))', relation, relation, relation)
      USING tenant, live, filling, at_most;
    GET DIAGNOSTICS removed = ROW_COUNT;
    total := total + removed;
  END LOOP;
  RETURN total;
END
$function$;
