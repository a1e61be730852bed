import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import PostgresEventStore

/// Where a replay reads: a tenant's log, or an export of one, which needs no database.
enum ReplaySource {
    case log(Backend)
    case export(ReplayFile)

    /// Whose log it is, or was.
    var tenant: TenantID {
        switch self {
        case .log(let backend): backend.tenant
        case .export(let file): file.tenant
        }
    }

    func head() async throws -> Position {
        switch self {
        case .log(let backend): try await backend.log.head(tenant: backend.tenant)
        case .export(let file): file.events.last?.position ?? .start
        }
    }

    /// The last position known at a place; the head if none is named.
    func position(_ place: Known?) async throws -> Position {
        guard let place else { return try await head() }
        switch (self, place) {
        case (.log(let backend), _):
            return try await backend.log.position(
                of: place.knowledge, tenant: backend.tenant, now: Backend.now())
        case (.export, .position(let position)):
            return try position.required(within: try await head())
        case (.export(let file), .instant(let instant)):
            return file.events.last { $0.recordedAt <= instant }?.position ?? .start
        }
    }

    func events(of patient: PatientID, upTo last: Position) async throws -> [RecordedEvent] {
        let stream = PatientStream.id(of: patient)
        switch self {
        case .export(let file):
            return file.events.filter { $0.stream == stream && $0.position <= last }
        case .log(let backend):
            var events: [RecordedEvent] = []
            while true {
                let page = try await backend.log.read(
                    stream, tenant: backend.tenant, after: events.last?.version ?? .none,
                    limit: Self.pageEvents)
                let wanted = page.prefix { $0.position <= last }
                events += wanted
                if wanted.count < Self.pageEvents { return events }
            }
        }
    }

    /// All of them in order, some at a time.
    func forEachBatch(
        upTo last: Position, _ body: ([RecordedEvent]) async throws -> Void
    ) async throws {
        switch self {
        case .export(let file): try await body(file.events.filter { $0.position <= last })
        case .log(let backend):
            for try await batch in backend.log.replay(
                tenant: backend.tenant, from: Position(1), to: last)
            {
                try await body(batch)
            }
        }
    }

    /// The patients one after another, each with the history up to a position, some at a time.
    func forEachPage(
        upTo last: Position, _ body: ([StateFold.History]) async throws -> Void
    ) async throws {
        switch self {
        case .export(let file):
            let events = Dictionary(
                grouping: file.events.filter {
                    $0.stream.category == PatientStream.category && $0.position <= last
                }, by: \.stream.uuid)
            let patients = events.keys.sorted()
            for from in stride(from: 0, to: patients.count, by: CommandLineLimits.patientsPerPage) {
                let page = patients[
                    from..<min(from + CommandLineLimits.patientsPerPage, patients.count)]
                try await body(
                    page.map {
                        StateFold.History(
                            patient: PatientID($0), events: (events[$0] ?? []).map(\.data))
                    })
            }
        case .log(let backend):
            let histories = PatientHistories(
                pool: backend.pool, tenant: backend.tenant, upTo: last)
            for try await page in histories.pages {
                try await body(
                    page.map {
                        StateFold.History(patient: $0.patient, events: $0.events.map(\.data))
                    })
            }
        }
    }

    private static let pageEvents = 1_000
}
