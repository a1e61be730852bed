internal import EventStore
internal import Foundation
internal import Postgres

/// A row of events, from a result or from a COPY: the columns of `Statements/read_all.sql`.
protocol EventColumns {
    func decode<Value: PostgresDecodable>(
        _ type: Value.Type, at column: Int
    ) throws(PostgresError) -> Value
}

extension Row: EventColumns {}
extension BinaryCopyReader: EventColumns {}

extension RecordedEvent {
    init(
        _ row: some EventColumns, _ tenant: TenantID, _ names: inout NameCache
    ) throws(PostgresError) {
        let category = names.share(try row.decode(String.self, at: 10))
        self.init(
            tenant: tenant,
            position: Position(try row.decode(Int64.self, at: 0)),
            stream: StreamID(category: category, uuid: try row.decode(UUID.self, at: 1)),
            version: StreamVersion(try row.decode(Int64.self, at: 2)),
            commandID: CommandID(try row.decode(UUID.self, at: 3)),
            data: EventData(
                type: names.share(try row.decode(String.self, at: 11)),
                payloadVersion: try row.decode(Int16.self, at: 9),
                payload: try row.decode([UInt8].self, at: 14),
                effectiveAt: Timestamp(try row.decode(PostgresTimestamp.self, at: 6))),
            metadata: EventMetadata(
                actor: names.share(try row.decode(String.self, at: 12)),
                correlationID: try row.decode(UUID.self, at: 4),
                causation: try row.decode(Int64?.self, at: 7).map { Position($0) },
                ruleSet: names.share(try row.decode(String.self, at: 13))),
            recordedAt: Timestamp(try row.decode(PostgresTimestamp.self, at: 5)),
            logEpoch: try row.decode(Int32.self, at: 8))
    }
}

/// Few names are written in very many events: one string each, instead of one per event.
struct NameCache {
    private static let capacity = 256
    private var names: Set<String> = []

    mutating func share(_ name: String) -> String {
        // Short strings live in the value itself; sharing them would cost more than it saves.
        guard name.utf8.count > 15 else { return name }
        if let index = names.firstIndex(of: name) { return names[index] }
        if names.count < Self.capacity { names.insert(name) }
        return name
    }
}
