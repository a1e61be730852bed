internal import EventStore
internal import Foundation
internal import Postgres

/// A batch as `event_log.import_events` takes it: the one place that knows the order.
struct ImportParameters {
    let tenant: TenantID
    let owner: UUID
    let head: Position
    let batch: ImportBatch

    /// `$1` to `$28`.
    var values: [any PostgresEncodable] {
        [tenant.uuid, owner, head.value] as [any PostgresEncodable] + ofEvents + ofCommands
            + [
                batch.erasures.map { $0.subject.uuid },
                batch.erasures.map { PostgresTimestamp($0.at) },
            ] as [any PostgresEncodable]
    }

    private var ofEvents: [any PostgresEncodable] {
        let events = batch.events
        return [
            events.map { $0.stream.uuid }, events.map { $0.version.value },
            events.map { $0.commandID.uuid }, events.map { $0.metadata.correlationID },
            events.map { PostgresTimestamp($0.recordedAt) },
            events.map { PostgresTimestamp($0.data.effectiveAt) },
            events.map { $0.metadata.causation?.value } as [Int64?], events.map { $0.logEpoch },
            events.map { $0.data.payloadVersion }, events.map { $0.stream.category },
            events.map { $0.data.type }, events.map { $0.metadata.actor },
            events.map { $0.metadata.ruleSet }, events.map { $0.data.payload },
        ]
    }

    private var ofCommands: [any PostgresEncodable] {
        let commands = batch.commands
        return [
            commands.map { $0.commandID.uuid }, commands.map { $0.stream.uuid },
            commands.map { PostgresTimestamp($0.recordedAt) }, commands.map { $0.version.value },
            commands.map { $0.head.value }, commands.map { Int32($0.eventCount) },
            commands.map { $0.stream.category }, commands.map { $0.fingerprint },
            commands.map { $0.answer },
        ]
    }
}

extension AcceptedCommand {
    fileprivate var eventCount: Int64 {
        positions.map { $0.upperBound.value - $0.lowerBound.value + 1 } ?? 0
    }
}
