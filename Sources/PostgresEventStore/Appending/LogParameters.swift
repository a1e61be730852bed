internal import EventStore
internal import Foundation
internal import Postgres

/// A batch as `event_log.append` takes it: arrays with an element per command, then arrays with an
/// element per event, then what changes about subjects. The one place that knows their order.
struct LogParameters {
    private let tenant: TenantID
    private var commandIDs: [UUID] = []
    private var fingerprints: [[UInt8]] = []
    private var streamCategories: [String] = []
    private var streamIDs: [UUID] = []
    private var expectedVersions: [Int64] = []
    private var actors: [String] = []
    private var correlationIDs: [UUID] = []
    private var causations: [Int64?] = []
    private var ruleSets: [String] = []
    private var answers: [[UInt8]] = []
    private var eventCounts: [Int32] = []
    private var eventEnds: [Int32] = []
    private var eventCommands: [Int32] = []
    private var eventVersions: [Int64] = []
    private var eventTypes: [String] = []
    private var payloadVersions: [Int16] = []
    private var effectiveAts: [PostgresTimestamp] = []
    private var payloads: [[UInt8]] = []
    private var tokenCounts: [Int32?] = []
    private var tokens: [[UInt8]] = []
    private var erasures: [Bool] = []

    init<Changes>(_ batch: [Append<Changes>], tenant: TenantID) {
        self.tenant = tenant
        for (index, append) in batch.enumerated() { add(append, ordinal: Int32(index + 1)) }
    }

    private mutating func add<Changes>(_ append: Append<Changes>, ordinal: Int32) {
        commandIDs.append(append.commandID.uuid)
        fingerprints.append(append.fingerprint)
        streamCategories.append(append.stream.category)
        streamIDs.append(append.stream.uuid)
        expectedVersions.append(append.expected.value)
        actors.append(append.metadata.actor)
        correlationIDs.append(append.metadata.correlationID)
        causations.append(append.metadata.causation?.value)
        ruleSets.append(append.metadata.ruleSet)
        answers.append(append.answer)
        eventCounts.append(Int32(append.events.count))
        var version = append.expected.value
        for event in append.events {
            version += 1
            eventCommands.append(ordinal)
            eventVersions.append(version)
            eventTypes.append(event.type)
            payloadVersions.append(event.payloadVersion)
            effectiveAts.append(PostgresTimestamp(event.effectiveAt))
            payloads.append(event.payload)
        }
        eventEnds.append(Int32(eventTypes.count))
        add(append.subject)
    }

    private mutating func add(_ change: SubjectChange) {
        switch change {
        case .unchanged:
            tokenCounts.append(nil)
            erasures.append(false)
        case .tokens(let entered):
            tokenCounts.append(Int32(entered.count))
            tokens += entered
            erasures.append(false)
        case .erased:
            tokenCounts.append(nil)
            erasures.append(true)
        }
    }

    /// `$1` to `$22`.
    var values: [any PostgresEncodable] {
        [
            tenant.uuid, commandIDs, fingerprints, streamCategories, streamIDs, expectedVersions,
            actors, correlationIDs, causations, ruleSets, answers, eventCounts, eventEnds,
            eventCommands, eventVersions, eventTypes, payloadVersions, effectiveAts, payloads,
            tokenCounts, tokens, erasures,
        ]
    }
}

extension PostgresTimestamp {
    init(_ timestamp: Timestamp) {
        self.init(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch)
    }
}

extension Timestamp {
    init(_ timestamp: PostgresTimestamp) {
        self.init(microsecondsSinceUnixEpoch: timestamp.microsecondsSinceUnixEpoch)
    }
}
