-- Asynchronous projections are shared: the streams of a tenant fall into partitions, each with a
-- checkpoint of its own, which one process at a time has under a lease. The lease says who may take a
-- partition over and when; the fencing token says who may write.
ALTER TABLE event_log.checkpoints
  ADD COLUMN partition smallint NOT NULL DEFAULT 0,
  -- Until then nobody else takes it, unless it has more than its share.
  ADD COLUMN leased_until timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE event_log.checkpoints
  DROP CONSTRAINT checkpoints_pkey,
  ADD CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, projection, partition),
  ADD CONSTRAINT partition_is_not_negative CHECK (partition >= 0);

-- What was one checkpoint is partition 0; the others begin where it stands, when they are first asked
-- for.
DROP FUNCTION IF EXISTS event_log.acquire_checkpoint(uuid, text, text);
DROP FUNCTION IF EXISTS event_log.advance_checkpoint(uuid, text, bigint, bigint, bigint);
DROP TYPE event_log.checkpoint_state;
CREATE TYPE event_log.checkpoint_state AS (
  partition     smallint,
  fencing_token bigint,
  position      bigint,
  log_epoch     integer
);
