-- Called by infusion.append behind the tenant's lock: commands that were decided on a site which is another by
-- now. They are told `site-changed` and decided again, whatever else is the matter with them.
--
-- A site is a stream of the log; version 0 is one about which nothing was ever decided. Takes what was judged
-- before, and adds to it; NULL for the whole batch where there is nothing.
CREATE OR REPLACE FUNCTION infusion.judge_sites(
  tenant       uuid,
  commands     integer,
  refusals     text[],
  ask_commands integer[],
  ask_sites    uuid[],
  ask_versions bigint[]
) RETURNS text[]
  LANGUAGE plpgsql VOLATILE
  -- By key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
DECLARE
  overtaken integer;
BEGIN
  FOR overtaken IN
    SELECT a.command FROM unnest(ask_commands, ask_sites, ask_versions) AS a (command, site, version)
    WHERE a.version <> coalesce((
      SELECT e.version FROM event_log.events e
      WHERE e.tenant_id = judge_sites.tenant AND e.stream_id = a.site
      ORDER BY e.version DESC LIMIT 1), 0)
  LOOP
    IF refusals IS NULL THEN
      refusals := array_fill(NULL::text, ARRAY[commands]);
    END IF;
    refusals[overtaken] := coalesce(refusals[overtaken], 'site-changed');
  END LOOP;
  RETURN refusals;
END
$function$;
