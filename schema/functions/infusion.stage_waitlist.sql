-- Writes rebuilt rows into the generation being filled, or, if `filling` is 0, the live one; `closed` is
-- 0 for a revision in force.
CREATE OR REPLACE FUNCTION infusion.stage_waitlist(
  tenant       uuid,
  filling      integer,
  patients     uuid[],
  orders       uuid[],
  opened       bigint[],
  closed       bigint[],
  statuses     text[],
  appointments uuid[],
  until        timestamptz[],
  urgencies    smallint[],
  due          date[],
  since        timestamptz[],
  sites        text[],
  minutes      integer[],
  earliest     date[],
  latest       date[],
  weekdays     smallint[],
  hours_from   smallint[],
  hours_until  smallint[],
  notice_hours integer[]
) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  target integer := infusion.target_generation(tenant, 'waitlist', filling);
BEGIN
  INSERT INTO infusion.waitlist (
    tenant_id, patient_id, order_id, appointment_id, offered_until, opened_position,
    closed_position, since, generation, visit_minutes, notice_hours, due, earliest, latest,
    urgency, weekdays, hours_from, hours_until, site, status)
  SELECT
    stage_waitlist.tenant, u.patient_id, u.order_id, u.appointment_id, u.offered_until,
    u.opened_at, nullif(u.closed_at, 0), u.since, target, u.visit_minutes, u.notice_hours, u.due,
    u.earliest, u.latest, u.urgency, u.weekdays, u.hours_from, u.hours_until, u.site, u.status
  FROM unnest(
    stage_waitlist.patients, stage_waitlist.orders, stage_waitlist.opened, stage_waitlist.closed,
    stage_waitlist.statuses, stage_waitlist.appointments, stage_waitlist.until,
    stage_waitlist.urgencies, stage_waitlist.due, stage_waitlist.since, stage_waitlist.sites,
    stage_waitlist.minutes, stage_waitlist.earliest, stage_waitlist.latest,
    stage_waitlist.weekdays, stage_waitlist.hours_from, stage_waitlist.hours_until,
    stage_waitlist.notice_hours
  ) AS u (
    patient_id, order_id, opened_at, closed_at, status, appointment_id, offered_until, urgency,
    due, since, site, visit_minutes, earliest, latest, weekdays, hours_from, hours_until,
    notice_hours);
END
$function$;
