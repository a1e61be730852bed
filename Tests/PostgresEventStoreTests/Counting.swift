import EventStore
import Postgres
import PostgresEventStore

/// A stand-in for the projections of a domain: it counts, and it reserves rooms.
struct Counting: InlineProjector {
    struct Change: ProjectionChanges {
        var amount: Int64
        var room: String?

        var bytes: Int { room?.utf8.count ?? 0 }
    }

    let statement = NamedStatement(
        name: "counting_append",
        sql: """
            SELECT ordinal, outcome::text, version, head, first_position, last_position, recorded_at,
              reason, stream_category, stream_id, fingerprint, answer
            FROM counting.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
              $17, $18, $19, $20, $21, $22, $23, $24)
            """)

    func parameters(for changes: [Change]) -> [any PostgresEncodable] {
        [changes.map(\.amount), changes.map(\.room)]
    }

    /// Of the rooms, `slow` is not reserved in time and `large` takes more memory than there is.
    ///
    /// What such a wrapper looks like: lock, ask what would be appended, judge reservations one after
    /// another, append, write the rows of what was appended.
    static let schema = """
        SET LOCAL ROLE ferrovia_owner;
        CREATE SCHEMA counting;
        CREATE TABLE counting.totals (tenant_id uuid, position bigint, amount bigint,
          PRIMARY KEY (tenant_id, position));
        CREATE TABLE counting.rooms (tenant_id uuid, room text, PRIMARY KEY (tenant_id, room));
        ALTER TABLE counting.totals ENABLE ROW LEVEL SECURITY;
        ALTER TABLE counting.totals FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON counting.totals USING (tenant_id = event_log.current_tenant());
        ALTER TABLE counting.rooms ENABLE ROW LEVEL SECURITY;
        ALTER TABLE counting.rooms FORCE ROW LEVEL SECURITY;
        CREATE POLICY own ON counting.rooms USING (tenant_id = event_log.current_tenant());
        CREATE FUNCTION counting.append(
          tenant uuid, command_ids uuid[], fingerprints bytea[], stream_categories text[],
          stream_ids uuid[], expected_versions bigint[], actors text[], correlation_ids uuid[],
          causations bigint[], rule_sets text[], answers bytea[], event_counts integer[],
          event_ends integer[], event_commands integer[], event_versions bigint[], event_types text[], payload_versions smallint[], effective_ats timestamptz[],
          payloads bytea[], token_counts integer[], tokens bytea[], erasures boolean[], amounts bigint[], rooms text[]
        ) RETURNS SETOF event_log.append_result LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $function$
        DECLARE
          refusals text[];
          wanted   record;
          results  event_log.append_result[];
        BEGIN
          PERFORM event_log.lock_tenant(append.tenant);
          IF 'slow' = ANY (rooms) THEN
            PERFORM pg_sleep(60);
          ELSIF 'large' = ANY (rooms) THEN
            RAISE EXCEPTION 'out of memory' USING ERRCODE = '53200';
          END IF;
          refusals := coalesce(
            event_log.judge_subjects(append.tenant, command_ids, fingerprints, stream_categories,
              stream_ids, expected_versions, event_counts, token_counts, tokens),
            array_fill(NULL::text, ARRAY[cardinality(command_ids)]));
          FOR wanted IN
            SELECT j.ordinal FROM event_log.judge(append.tenant, command_ids, fingerprints,
              stream_categories, stream_ids, expected_versions, event_counts, refusals) j
            WHERE j.outcome = 'appended' AND rooms[j.ordinal] IS NOT NULL ORDER BY j.ordinal
          LOOP
            INSERT INTO counting.rooms VALUES (append.tenant, rooms[wanted.ordinal])
              ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN refusals[wanted.ordinal] := 'room is free'; END IF;
          END LOOP;
          results := ARRAY(SELECT r FROM event_log.append(append.tenant, command_ids, fingerprints,
            stream_categories, stream_ids, expected_versions, actors, correlation_ids, causations,
            rule_sets, answers, event_counts, event_ends, event_commands, event_versions, event_types,
            payload_versions, effective_ats, payloads,
            token_counts, tokens, erasures, refusals) r);
          IF results[1].ordinal = 0 THEN
            INSERT INTO counting.totals
              SELECT append.tenant,
                results[1].head - cardinality(event_commands) + c.event_end - c.event_count + 1,
                c.amount
              FROM unnest(event_ends, event_counts, amounts) AS c (event_end, event_count, amount);
          ELSE
            INSERT INTO counting.totals
              SELECT append.tenant, r.first_position, amounts[r.ordinal]
              FROM unnest(results) r
              WHERE r.outcome = 'appended' AND r.first_position IS NOT NULL;
          END IF;
          RETURN QUERY SELECT * FROM unnest(results);
        END
        $function$;
        GRANT USAGE ON SCHEMA counting TO ferrovia_appender;
        """
}

extension LogDatabase {
    func makeCounting() async throws {
        try await asAdmin { connection in
            try await connection.transaction {
                try await $0.executeScript(unsafeSQL: Counting.schema)
            }
        }
    }

    /// What was counted, by the position of each command's first event.
    func totals() async throws -> [Int64: Int64] {
        try await asAdmin { connection in
            let rows = try await connection.query("SELECT position, amount FROM counting.totals")
                .decode((Int64, Int64).self)
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }
}

extension Append where InlineChanges == NoChanges {
    func changing(_ amount: Int64, room: String? = nil) -> Append<Counting.Change> {
        Append<Counting.Change>(
            commandID: commandID, fingerprint: fingerprint, stream: stream, expected: expected,
            events: events, metadata: metadata, answer: answer, subject: subject,
            changes: Counting.Change(amount: amount, room: room))
    }
}
