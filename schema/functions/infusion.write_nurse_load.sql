-- Called by infusion.append after the appointments were revised: counts anew what every quarter hour that was
-- added to now bears, for the constraint of infusion.nurse_load to look at. Who sits on beyond the end of a visit is
-- not among them: that is of the moment of each command, and the constraint is of all.
CREATE OR REPLACE FUNCTION infusion.write_nurse_load(
  tenant            uuid,
  last_positions    bigint[],
  revision_commands integer[],
  revision_sites    text[],
  taking_revisions  integer[],
  taking_limits     text[],
  taking_quarters   timestamptz[],
  taking_alloweds   integer[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE
AS $function$
DECLARE
  live integer := infusion.live_generation(tenant, 'appointments');
BEGIN
  INSERT INTO infusion.nurse_load (tenant_id, quarter, used, allowed, site, limit_name)
  WITH takings AS MATERIALIZED (
    SELECT t.revision, revision_sites[t.revision] AS site, t.limit_name, t.quarter, t.allowed
    FROM unnest(taking_revisions, taking_limits, taking_quarters, taking_alloweds)
      AS t (revision, limit_name, quarter, allowed)
    WHERE last_positions[revision_commands[t.revision]] > 0
  ),
  visits AS MATERIALIZED (
    SELECT w.revision, v.starts_at, v.ends_at
    FROM (
      SELECT t.revision, t.site, min(t.quarter) AS first,
        max(t.quarter) + interval '15 minutes' AS last
      FROM takings t GROUP BY t.revision, t.site
    ) w
    CROSS JOIN LATERAL infusion.visits_at_site(
      write_nurse_load.tenant, live, w.site, w.first, w.last, NULL) v
    WHERE NOT v.overridden
  )
  SELECT write_nurse_load.tenant, c.quarter, max(c.used), max(c.allowed), c.site, c.limit_name
  FROM (
    SELECT t.site, t.limit_name, t.quarter, t.allowed, (
        SELECT count(*) FROM visits v
        WHERE v.revision = t.revision
          AND infusion.is_in_quarter(t.limit_name, t.quarter, v.starts_at, v.ends_at)
      ) AS used
    FROM takings t
  ) c
  GROUP BY c.site, c.quarter, c.limit_name
  ON CONFLICT (tenant_id, site, quarter, limit_name)
    DO UPDATE SET used = excluded.used, allowed = excluded.allowed;
END
$function$;
