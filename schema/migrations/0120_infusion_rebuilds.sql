-- How far a rebuild has come, so that one which was killed can be taken up again.
--
-- One for each tenant: its row is the first thing that every transaction of a rebuild locks. Staged
-- rows and the mark move in the same transaction.
CREATE TABLE infusion.rebuilds (
  tenant_id        uuid     NOT NULL,
  -- Who fills: drawn anew by every start. One that finds another here has been overtaken.
  filler           uuid     NOT NULL,
  -- Patients up to and including this one are staged, in the order of their ids.
  through          uuid     NOT NULL,
  -- The head of the log when it began, which is what patients are staged as of.
  head             bigint   NOT NULL,
  -- Up to where the staged patients have been caught up since; not before `head`.
  reached          bigint   NOT NULL,
  -- Of what was read so far.
  patients         bigint   NOT NULL,
  events           bigint   NOT NULL,
  -- Names the folds and their settings: rows of other ones are not gone on with.
  folding          text     NOT NULL,
  -- The projections being filled, and what belongs to each of them, in the same order.
  projections      text[]   NOT NULL COLLATE "C",
  generations      integer[] NOT NULL,
  live_rows        bigint[] NOT NULL,
  rebuilt_rows     bigint[] NOT NULL,
  live_digests     bytea[]  NOT NULL,
  rebuilt_digests  bytea[]  NOT NULL,
  -- The first row that differs and how; empty for none.
  differing_rows   text[]   NOT NULL,
  differences      text[]   NOT NULL,
  -- Patients whose history cannot be read, and why, as in infusion.parked_streams.
  parked_patients  uuid[]   NOT NULL,
  parked_positions bigint[] NOT NULL,
  parked_classes   text[]   NOT NULL,
  parked_messages  text[]   NOT NULL,
  CONSTRAINT rebuilds_pkey PRIMARY KEY (tenant_id),
  CONSTRAINT reached_is_not_before_head CHECK (reached >= head)
);
COMMENT ON TABLE infusion.rebuilds IS 'Rebuilds that have begun and are not switched yet.';

ALTER TABLE infusion.rebuilds ENABLE ROW LEVEL SECURITY;
ALTER TABLE infusion.rebuilds FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_sees_itself ON infusion.rebuilds
  USING (tenant_id = (SELECT event_log.current_tenant()));

-- All projections of a rebuild begin and are switched together; these knew one.
DROP FUNCTION IF EXISTS infusion.begin_rebuild(uuid, text);
DROP FUNCTION IF EXISTS infusion.switch_generation(uuid, text, integer);
