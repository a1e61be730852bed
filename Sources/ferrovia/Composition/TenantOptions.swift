import ArgumentParser
import EventStore
import InfusionPostgres
import InfusionProjections
import PostgresEventStore

/// Which database and which clinic's log.
struct TenantOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The tenant's name.") var tenant: String

    func open() async throws -> Backend { try await Backend.open(database, tenant: tenant) }
}

/// What was known when.
struct KnownOptions: ParsableArguments {
    @Option(help: "As known at this instant (RFC 3339), or with this position as the last.")
    var knownAt: String?

    func position(in backend: Backend) async throws -> Position {
        guard let text = knownAt else { return try await backend.log.head(tenant: backend.tenant) }
        return try await KnownOptions.position(text, in: backend)
    }

    /// A position, or the last one recorded by an instant.
    static func position(_ text: String, in backend: Backend) async throws -> Position {
        switch try moment(text) {
        case .position(let position): position
        case .instant(let instant):
            try await backend.log.position(knownAt: instant, tenant: backend.tenant)
        }
    }

    enum Moment {
        case position(Position)
        case instant(Timestamp)
    }

    static func moment(_ text: String) throws -> Moment {
        if let value = Int64(text), value >= 0 { return .position(Position(value)) }
        guard let instant = Timestamp(text: text) else {
            throw ValidationError(
                "'\(text)' is neither a position nor an instant such as 2026-03-01T12:00:00Z")
        }
        return .instant(instant)
    }
}
