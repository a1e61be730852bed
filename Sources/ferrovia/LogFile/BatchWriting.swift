import EventStore
import InfusionJournal
import Postgres
import PostgresEventStore

/// Writes batches one after another, each while the next one is being read.
final class BatchWriting {
    private let own: LogImport
    private var batch = ImportBatch()
    /// Events of the command whose own line has not come yet.
    private var group: [RecordedEvent] = []
    private var places: [CommandID: String] = [:]
    private var repeated: (CommandID, String)?
    private var underWay: Task<Void, any Error>?

    init(_ own: LogImport) { self.own = own }

    var isEmpty: Bool { batch.isEmpty }
    var isFull: Bool { batch.isFull }

    /// Written with its command, and not without.
    func append(_ event: RecordedEvent) { group.append(event) }

    func append(_ command: AcceptedCommand, at place: String) {
        for event in group {
            batch.append(event)
            if event.data.type == EventType.patientErased.name {
                batch.erase(SubjectID(event.stream.uuid), at: event.recordedAt)
            }
        }
        group.removeAll(keepingCapacity: true)
        batch.append(command)
        if places.updateValue(place, forKey: command.commandID) != nil {
            repeated = repeated ?? (command.commandID, place)
        }
    }

    /// Sends the batch, once the one before it is there.
    /// - Parameter percentRead: How much of the file that is.
    func send(percentRead: Int?) async throws {
        try await finish()
        if let repeated { throw Self.known(repeated.0, repeated.1) }
        underWay = Self.writing(batch, percentRead, places, own)
        batch = ImportBatch()
        places = [:]
    }

    private static func writing(
        _ batch: ImportBatch, _ percentRead: Int?, _ places: [CommandID: String],
        _ own: LogImport
    ) -> Task<Void, any Error> {
        Task {
            do {
                try await own.write(batch, percentRead: percentRead)
            } catch {
                throw await translated(error, batch, places, own)
            }
        }
    }

    /// Waits for what is under way.
    func finish() async throws {
        defer { underWay = nil }
        try await underWay?.value
    }

    private static func translated(
        _ error: any Error, _ batch: ImportBatch, _ places: [CommandID: String],
        _ own: LogImport
    ) async -> any Error {
        switch (error as? PostgresError)?.sqlState {
        case .uniqueViolation?:
            let known = (try? await own.known(batch.commands.map(\.commandID))) ?? []
            guard let command = batch.commands.first(where: { known.contains($0.commandID) })
            else { return error }
            return Self.known(command.commandID, places[command.commandID] ?? "")
        case "LG010"?:
            return Console.fail(
                "the database refuses the positions up to \(batch.events.last?.position ?? .start)",
                .software)
        case _: return error
        }
    }

    private static func known(_ id: CommandID, _ place: String) -> LogFileProblem {
        LogFileProblem(
            place: place, member: "command",
            message: "\(id) came before: the events of a command stand together, once")
    }
}
