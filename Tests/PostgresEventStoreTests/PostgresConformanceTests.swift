import EventStore
import EventStoreConformance
import PostgresEventStore
import Testing

@Suite struct `The log in PostgreSQL` {
    @Test(arguments: EventLogBehaviour.all)
    func `behaves as every log does`(_ behaviour: EventLogBehaviour) async throws {
        try await LogDatabase.with { log in
            try await behaviour.exercise(log.store, tenant: log.tenant)
        }
    }

    @Test(arguments: EventLogBehaviour.all)
    func `behaves the same when appends travel in groups`(
        _ behaviour: EventLogBehaviour
    ) async throws {
        try await LogDatabase.with { log in
            try await behaviour.exercise(GroupAppendLog(log.store), tenant: log.tenant)
        }
    }

    @Test(arguments: SubjectBehaviour.all)
    func `keeps subjects as every store does`(_ behaviour: SubjectBehaviour) async throws {
        try await LogDatabase.with { log in
            try await behaviour.exercise(
                log.store, PostgresSubjectDirectory(pool: log.pool), tenant: log.tenant)
        }
    }
}
