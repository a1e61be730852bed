-- Writes rebuilt rows into the generation being filled, or, if `filling` is 0, the live one; `closed`
-- is 0 for a revision in force.
CREATE OR REPLACE FUNCTION infusion.stage_appointments(
  tenant       uuid,
  filling      integer,
  patients     uuid[],
  appointments uuid[],
  orders       uuid[],
  opened       bigint[],
  closed       bigint[],
  starts       timestamptz[],
  ends         timestamptz[],
  sites        text[],
  chairs       text[],
  statuses     text[],
  held_untils  timestamptz[],
  overriddens  boolean[],
  stocks       text[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, 'appointments', filling);
BEGIN
  INSERT INTO infusion.appointments (
    tenant_id, patient_id, appointment_id, order_id, opened_position, closed_position, starts_at,
    ends_at, generation, site, chair, status, held_until, overridden, stock)
  SELECT
    tenant, u.patient_id, u.appointment_id, u.order_id, u.opened_at, nullif(u.closed_at, 0),
    u.starts_at, u.ends_at, target, u.site, u.chair, u.status, u.held_until, u.overridden,
    nullif(u.stock, '')
  FROM unnest(
    patients, appointments, orders, opened, closed, starts, ends, sites, chairs, statuses,
    held_untils, overriddens, stocks
  ) AS u (
    patient_id, appointment_id, order_id, opened_at, closed_at, starts_at, ends_at, site, chair,
    status, held_until, overridden, stock);
END
$function$;
