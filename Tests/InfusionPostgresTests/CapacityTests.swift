import EventStore
import Infusion
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

@Suite struct CapacityTests {
    @Test(arguments: CapacityBehaviour.all)
    func `a log in PostgreSQL`(behaviour: CapacityBehaviour) async throws {
        try await ClinicDatabase.with { database in
            try await behaviour.exercise(
                CapacityBehaviour.Logs(
                    patients: database.store, sites: PostgresEventStore(pool: database.pool),
                    tenant: database.tenant))
        }
    }

    /// As the service has it: who races there travels in one transaction with the others.
    @Test(arguments: CapacityBehaviour.all)
    func `a log in PostgreSQL whose appends travel in groups`(
        behaviour: CapacityBehaviour
    ) async throws {
        try await ClinicDatabase.with { database in
            try await behaviour.exercise(
                CapacityBehaviour.Logs(
                    patients: GroupAppendLog(database.store),
                    sites: PostgresEventStore(pool: database.pool), tenant: database.tenant))
        }
    }

    private struct Load: Hashable {
        let limit: String
        let used: Int32
        let allowed: Int32
    }

    /// What the constraint looks at, of the quarter hour in which the clinic begins.
    private func loads(_ database: ClinicDatabase) async throws -> Set<Load> {
        let start = PostgresTimestamp(
            microsecondsSinceUnixEpoch: ClinicFacts.start.microsecondsSinceUnixEpoch)
        return try await database.asAdmin { connection in
            let rows = try await connection.query(
                """
                SELECT limit_name, used, allowed FROM infusion.nurse_load
                WHERE tenant_id = \(database.tenant.uuid) AND quarter = \(start)
                """)
            return Set(
                try rows.map {
                    Load(
                        limit: try $0.decode(at: 0), used: try $0.decode(at: 1),
                        allowed: try $0.decode(at: 2))
                })
        }
    }

    @Test func `what was added is counted anew, without what somebody answers for`() async throws {
        try await ClinicDatabase.with { database in
            func append(_ batch: Append<PatientChanges>...) async throws {
                let outcomes = try await database.store.append(batch, tenant: database.tenant)
                #expect(outcomes.count(where: \.isAppended) == outcomes.count)
            }
            let plan = CapacityVisit.Plan(starts: 3, patients: 4)
            let first = CapacityVisit(database.tenant, chair: "1")
            try await append(
                first.book(plan), CapacityVisit(database.tenant, chair: "2").book(plan),
                CapacityVisit(database.tenant, chair: "3").bookAllTheSame())
            let found1 = try await loads(database)
            #expect(
                found1 == [
                    Load(limit: "nurse-starts", used: 2, allowed: 3),
                    Load(limit: "nurse-patients", used: 2, allowed: 4),
                ])
            // What is freed is seen when the next is added; fewer nurses change nothing before.
            try await append(first.cancel())
            let stale = try await loads(database)
            #expect(stale.contains { $0.used == 2 })
            let fewer = CapacityVisit.Plan(starts: 3, patients: 3)
            try await append(CapacityVisit(database.tenant, chair: "1").book(fewer))
            let found2 = try await loads(database)
            #expect(
                found2 == [
                    Load(limit: "nurse-starts", used: 2, allowed: 3),
                    Load(limit: "nurse-patients", used: 2, allowed: 3),
                ])
        }
    }

    /// The guard behind the judgement is there, and only there to be never heard of.
    @Test func `the constraint stands behind the judgement`() async throws {
        try await ClinicDatabase.with { database in
            _ = try await database.store.append(
                [
                    CapacityVisit(database.tenant, chair: "1").book(
                        CapacityVisit.Plan(starts: 1, patients: 1))
                ], tenant: database.tenant)
            try await database.asAdmin { connection in
                do {
                    try await connection.query(
                        "UPDATE infusion.nurse_load SET used = allowed + 1")
                    Issue.record("more was asked of the nurses than they bear")
                } catch let error as PostgresError {
                    #expect(error.sqlState == .checkViolation)
                    #expect(error.constraint == "nurses_are_not_asked_for_more")
                }
            }
        }
    }

    @Test func `a rebuild has the overridden visits as they were`() async throws {
        try await ClinicDatabase.with { database in
            _ = try await database.store.append(
                [
                    CapacityVisit(database.tenant, chair: "1").bookAllTheSame(),
                    CapacityVisit(database.tenant, chair: "2").book(CapacityVisit.Plan(starts: 9)),
                ], tenant: database.tenant)
            let rows = try await database.models.appointments(
                site: SiteID("north"), from: ClinicFacts.start,
                to: ClinicFacts.start.adding(hours: 1), at: Position(100), tenant: database.tenant)
            #expect(rows.map(\.isOverridden) == [true, false])
            let report = try await database.rebuilder.check(
                [.appointments], tenant: database.tenant)
            #expect(report.isClean)
        }
    }
}
