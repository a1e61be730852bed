--! breaking-change: a rebuild by an older ferrovia fails; the service is not concerned.
--
-- What a rebuild that is not finished tells: since when it runs, when it last moved, how many rows differ
-- and more of them than the first. One that was stopped before cannot tell, and begins anew.
TRUNCATE infusion.rebuilds;
ALTER TABLE infusion.rebuilds
  ADD COLUMN begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ADD COLUMN moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- In the order of the projections: all rows that differ. Of some of them, and in no such order, come the
  -- projection, the key and how: differing_projections, differing_rows, differences.
  ADD COLUMN differing_counts bigint[] NOT NULL DEFAULT '{}',
  ADD COLUMN differing_projections text[] COLLATE "C" NOT NULL DEFAULT '{}';

-- It takes what is new.
DROP FUNCTION IF EXISTS infusion.advance_rebuild(
  uuid, uuid, uuid, bigint, bigint, bigint, bigint[], bigint[], bytea[], bytea[], text[], text[],
  uuid[], bigint[], text[], text[]);
