-- Called by infusion.append behind the tenant's lock: commands that were decided on a site which is another by
-- now. They are told `site-changed` and decided again, whatever else is the matter with them.
--
-- A site is a stream of the log; version 0 is one about which nothing was ever decided. What an earlier
-- command of the very batch decides about it counts, if that one will be appended: nothing but their
-- versions is ever the matter with a site's own commands. Where a visit takes vials,
-- the site is another too once another visit takes of the same product: whoever is found here looked at the
-- others as of a position, and somebody has come since, or stands before them in this very batch. So two that
-- were decided side by side never both have the last vial, and of any number one is always appended.
--
-- Takes what was judged before, and adds to it; NULL for the whole batch where there is nothing.
CREATE OR REPLACE FUNCTION infusion.judge_sites(
  tenant                uuid,
  command_ids           uuid[],
  fingerprints          bytea[],
  stream_categories     text[],
  stream_ids            uuid[],
  expected_versions     bigint[],
  event_counts          integer[],
  refusals              text[],
  ask_commands          integer[],
  ask_sites             uuid[],
  ask_versions          bigint[],
  ask_revisions         integer[],
  ask_products          text[],
  ask_positions         bigint[],
  revision_commands     integer[],
  revision_appointments uuid[],
  revision_sites        text[],
  revision_stocks       text[]
) RETURNS text[]
  LANGUAGE plpgsql VOLATILE
  -- By key, whatever the planner knows of the table; see infusion.append.
  SET enable_sort = off
  SET enable_seqscan = off
  SET enable_bitmapscan = off
AS $function$
DECLARE
  -- Asked for only where somebody takes vials.
  live      integer;
  overtaken integer;
  -- By how many versions each command moves its stream. Asked for only where somebody rests on one of them.
  moves     integer[];
BEGIN
  IF stream_ids && ask_sites THEN
    moves := ARRAY(
      SELECT CASE j.outcome WHEN 'appended' THEN j.event_count ELSE 0 END
      FROM event_log.judge(
        judge_sites.tenant, command_ids, fingerprints, stream_categories, stream_ids,
        expected_versions, event_counts, refusals) j
      ORDER BY j.ordinal);
  END IF;
  IF array_to_string(ask_products, '') <> '' THEN
    live := infusion.live_generation(judge_sites.tenant, 'appointments');
  END IF;
  FOR overtaken IN
    SELECT a.command
    FROM unnest(
      ask_commands, ask_sites, ask_versions, ask_revisions, ask_products, ask_positions
    ) AS a (command, site, version, revision, product, known)
    WHERE a.version <> coalesce((
        SELECT e.version FROM event_log.events e
        WHERE e.tenant_id = judge_sites.tenant AND e.stream_id = a.site
        ORDER BY e.version DESC LIMIT 1), 0)
        + CASE WHEN moves IS NULL THEN 0 ELSE coalesce((
          SELECT sum(m.versions) FROM unnest(stream_ids, moves) WITH ORDINALITY
            AS m (stream_id, versions, ordinal)
          WHERE m.stream_id = a.site AND m.ordinal < a.command), 0) END
      OR a.product <> '' AND (
        EXISTS (
          SELECT FROM infusion.appointments taken
          WHERE taken.tenant_id = judge_sites.tenant AND taken.generation = live
            AND taken.site = revision_sites[a.revision]
            -- As the index of the site's changes has it.
            AND CASE WHEN taken.closed_position IS NULL
              THEN taken.opened_position ELSE taken.closed_position END > a.known
            AND taken.closed_position IS NULL AND taken.status NOT IN ('cancelled', 'noshow')
            AND split_part(taken.stock, ' ', 1) = a.product
            AND taken.appointment_id <> revision_appointments[a.revision])
        OR EXISTS (
          SELECT FROM unnest(
            revision_commands, revision_appointments, revision_sites, revision_stocks
          ) AS earlier (command, appointment_id, site, stock)
          WHERE earlier.command < a.command AND earlier.site = revision_sites[a.revision]
            AND split_part(earlier.stock, ' ', 1) = a.product
            AND earlier.appointment_id <> revision_appointments[a.revision]))
  LOOP
    IF refusals IS NULL THEN
      refusals := array_fill(NULL::text, ARRAY[cardinality(command_ids)]);
    END IF;
    refusals[overtaken] := coalesce(refusals[overtaken], 'site-changed');
  END LOOP;
  RETURN refusals;
END
$function$;
