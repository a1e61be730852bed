import Postgres

/// What the server itself may do to the log.
extension StatusCheck {
    /// Settings without which an acknowledged event can be lost.
    static func durability(_ connection: PostgresConnection) async throws -> StatusCheck {
        let off = try await connection.query(
            """
            SELECT name FROM pg_catalog.pg_settings
            WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'
            ORDER BY name
            """
        ).decode(String.self)
        return StatusCheck(
            name: "durability",
            blockers: off.map { name in
                Blocker(
                    detail: "\(name) is off: acknowledged events can be lost in a crash",
                    advice: "set \(name) = on in postgresql.conf, then SELECT pg_reload_conf()")
            })
    }

    /// Transactions that keep vacuum from cleaning up and migrations from getting their locks. Of other
    /// logins' sessions only an administrator sees how long they are at it.
    static func transactions(_ connection: PostgresConnection) async throws -> StatusCheck {
        let seconds = CommandLineLimits.transactionSeconds
        let sessions = try await connection.query(
            """
            SELECT pid::bigint, coalesce(usename, ''), coalesce(application_name, ''),
              coalesce(state, ''), extract(epoch FROM clock_timestamp() - xact_start)::bigint
            FROM pg_catalog.pg_stat_activity
            WHERE backend_type = 'client backend'
              AND xact_start < clock_timestamp() - make_interval(secs => \(seconds)::bigint)
            ORDER BY xact_start
            """
        ).decode((Int64, String, String, String, Int64).self)
        let prepared = try await connection.query(
            """
            SELECT gid, owner::text, extract(epoch FROM clock_timestamp() - prepared)::bigint
            FROM pg_catalog.pg_prepared_xacts
            WHERE prepared < clock_timestamp() - make_interval(secs => \(seconds)::bigint)
            ORDER BY prepared
            """
        ).decode((String, String, Int64).self)
        return StatusCheck(
            name: "transactions",
            blockers: sessions.map { pid, user, application, state, age in
                Blocker(
                    detail: "process \(pid) of \(user) (\(application), \(state)) has held a "
                        + "transaction open for \(age / 60) min",
                    advice: "end it there, or SELECT pg_terminate_backend(\(pid))")
            }
                + prepared.map { name, owner, age in
                    Blocker(
                        detail:
                            "the prepared transaction '\(name)' of \(owner) is \(age / 60) min old",
                        advice: "ask its owner; then COMMIT PREPARED or ROLLBACK PREPARED by name")
                })
    }

    /// Slots that keep WAL until the disk is full, after which nothing can be written at all.
    static func replicationSlots(_ connection: PostgresConnection) async throws -> StatusCheck {
        let slots = try await connection.query(
            """
            SELECT slot_name::text, active, held
            FROM (
              SELECT slot_name, active, pg_wal_lsn_diff(
                CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                  ELSE pg_current_wal_lsn() END,
                restart_lsn)::bigint AS held
              FROM pg_catalog.pg_replication_slots
            ) AS slots
            WHERE held > CASE WHEN active THEN \(CommandLineLimits.slotHoldsBytes)::bigint ELSE 0 END
            ORDER BY held DESC
            """
        ).decode((String, Bool, Int64).self)
        return StatusCheck(
            name: "replication-slots",
            blockers: slots.map { name, isActive, held in
                Blocker(
                    detail: "the slot '\(name)', \(isActive ? "in use" : "unused"), holds back "
                        + "\(held >> 20) MiB of WAL",
                    advice: isActive
                        ? "see why its reader is slow: pg_stat_replication"
                        : "start its reader, or SELECT pg_drop_replication_slot('\(name)')")
            })
    }
}
