-- The grants are the API of the log: what is not listed here nobody may do. Applied again whenever
-- this file changes, after the functions; written so that applying it twice changes nothing.
REVOKE ALL ON SCHEMA event_log FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA event_log
  FROM PUBLIC, ferrovia_appender, ferrovia_projector, ferrovia_reader;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA event_log
  FROM PUBLIC, ferrovia_appender, ferrovia_projector, ferrovia_reader;

GRANT USAGE ON SCHEMA event_log TO ferrovia_appender, ferrovia_projector, ferrovia_reader;

-- Every policy calls it, as whoever reads.
GRANT EXECUTE ON FUNCTION event_log.current_tenant()
  TO ferrovia_appender, ferrovia_projector, ferrovia_reader;

-- Reading: the log, under row-level security.
GRANT SELECT ON event_log.tenants, event_log.events, event_log.commands, event_log.events_readable,
  event_log.checkpoints
  TO ferrovia_appender, ferrovia_projector, ferrovia_reader;
GRANT EXECUTE ON FUNCTION event_log.position_at(uuid, timestamptz), event_log.list_tenants(),
  event_log.see_tenant(text), event_log.importing_since(uuid)
  TO ferrovia_appender, ferrovia_projector, ferrovia_reader;

-- Which migrations there are is no secret; the service compares them at start.
GRANT SELECT ON event_log.migrations
  TO ferrovia_appender, ferrovia_projector, ferrovia_reader;

-- Writing the log is one verb.
GRANT EXECUTE ON FUNCTION event_log.append(
  uuid, uuid[], bytea[], text[], uuid[], bigint[], text[], uuid[], bigint[], text[], bytea[],
  integer[], integer[], integer[], bigint[], text[], smallint[], timestamptz[], bytea[], integer[],
  bytea[], boolean[], text[])
  TO ferrovia_appender;
GRANT EXECUTE ON FUNCTION event_log.require_whole(uuid, uuid[], bytea[]) TO ferrovia_appender;
GRANT EXECUTE ON FUNCTION event_log.create_tenant(uuid, text) TO ferrovia_appender;

-- Keys and tokens: whoever writes identities reads them; reporting and projections never do.
GRANT EXECUTE ON FUNCTION
  event_log.put_subject_key(uuid, uuid, bytea, text),
  event_log.get_subject_key(uuid, uuid),
  event_log.replace_subject_key(uuid, uuid, bytea, bytea, text, boolean),
  event_log.wrapping_keys(uuid),
  event_log.subjects_under_key(uuid, text, uuid, integer),
  event_log.find_subject(uuid, bytea)
  TO ferrovia_appender;

GRANT EXECUTE ON FUNCTION
  event_log.acquire_partitions(uuid, text, text, integer, smallint[], bigint),
  event_log.take_partitions(uuid, text, text, integer, smallint[]),
  event_log.renew_partitions(uuid, text, smallint[], bigint[], bigint),
  event_log.advance_partitions(uuid, text, smallint[], bigint[], bigint[], bigint, bigint)
  TO ferrovia_projector;
