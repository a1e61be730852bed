-- Stands behind infusion.judge_reservations, which judges every booking behind the tenant's lock
-- before its events are written: these constraints must never fire. If one does, the batch fails, the
-- writer sends its commands one by one, and the one that broke it is a bug to be found.
--
-- btree_gist is a trusted extension: whoever may create objects in the database, as ferrovia_owner
-- may, can install it without being superuser. It comes with the server's contrib package.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA infusion;

ALTER TABLE infusion.appointments
  ADD CONSTRAINT chair_is_taken_once EXCLUDE USING gist (
    tenant_id WITH =, generation WITH =, site WITH =, chair WITH =,
    tstzrange(starts_at, ends_at) WITH &&)
  WHERE (closed_position IS NULL AND status IN ('booked', 'arrived')),
  ADD CONSTRAINT patient_is_in_one_place EXCLUDE USING gist (
    tenant_id WITH =, generation WITH =, patient_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
  WHERE (closed_position IS NULL AND status IN ('booked', 'arrived'));
