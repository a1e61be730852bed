-- A visit can be held before it is booked, and keeps its chair until the patient is discharged: `pending` and
-- `checked-in` take a chair too. The indexes are made anew over the revisions in force, which are few beside
-- the closed ones.
--
-- Rows written before say `arrived` while a dose ran and `fulfilled` from its end on; `ferrovia rebuild` of
-- the appointments brings them up to date.
ALTER TABLE infusion.appointments
  DROP CONSTRAINT chair_is_taken_once,
  DROP CONSTRAINT patient_is_in_one_place,
  DROP CONSTRAINT status_is_known;
DROP INDEX infusion.appointments_occupying_by_chair;

ALTER TABLE infusion.appointments
  ADD CONSTRAINT status_is_known CHECK (status IN (
    'pending', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow')),
  ADD CONSTRAINT chair_is_taken_once EXCLUDE USING gist (
    tenant_id WITH =, generation WITH =, site WITH =, chair WITH =,
    tstzrange(starts_at, ends_at) WITH &&)
  WHERE (closed_position IS NULL AND status IN ('pending', 'booked', 'arrived', 'checked-in')),
  ADD CONSTRAINT patient_is_in_one_place EXCLUDE USING gist (
    tenant_id WITH =, generation WITH =, patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
  WHERE (closed_position IS NULL AND status IN ('pending', 'booked', 'arrived', 'checked-in'));
CREATE INDEX appointments_occupying_by_chair ON infusion.appointments
  (tenant_id, generation, site, chair, ends_at)
  WHERE closed_position IS NULL AND status IN ('pending', 'booked', 'arrived', 'checked-in');
