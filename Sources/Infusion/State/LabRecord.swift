public import Foundation

/// One laboratory result and everything its laboratory later said about it.
public struct LabRecord: Hashable, Sendable {
    /// What the laboratory said at one time; the chain's last one is current.
    public struct Statement: Hashable, Sendable {
        public let value: LabValue
        public let status: ResultStatus
        public let collectedAt: Instant
        public let version: EventVersion
    }

    public let id: LabResultID
    public let analyte: Analyte
    public let referenceLow: Decimal?
    public let source: SourceIdentifier?
    /// The first statement and every correction of it, in the order the log learned them; never
    /// empty.
    public private(set) var chain: [Statement]
    /// A retracted result is kept and shown, and never read by a rule.
    public private(set) var retraction: Kept<LabRetracted.Reason>?

    init(_ result: LabResult, version: EventVersion) {
        id = result.id
        analyte = result.analyte
        referenceLow = result.referenceLow
        source = result.source
        chain = [
            Statement(
                value: result.value, status: result.status, collectedAt: result.collectedAt,
                version: version)
        ]
    }

    public var current: Statement { chain[chain.count - 1] }

    /// Whether rules may decide on it: neither retracted nor preliminary.
    public var isReadable: Bool {
        retraction == nil && chain[chain.count - 1].status != .preliminary
    }

    /// When the specimen was collected, as it is known now.
    var collectedAt: Instant { chain[chain.count - 1].collectedAt }

    mutating func correct(_ correction: LabCorrected, version: EventVersion) {
        chain.append(
            Statement(
                value: correction.value, status: correction.status,
                collectedAt: correction.collectedAt, version: version))
    }

    mutating func retract(_ reason: LabRetracted.Reason, at: Instant, version: EventVersion) {
        retraction = Kept(reason, effectiveAt: at, version: version)
    }

    /// What of it `knowledge` has; `nil` where nothing. A correction was true from the earlier of
    /// both collections on, as its event says.
    func known(to knowledge: Knowledge) -> LabRecord? {
        var known = self
        known.chain = chain.filter {
            knowledge.holds($0.version, at: min($0.collectedAt, chain[0].collectedAt))
        }
        if let retraction, !knowledge.holds(retraction) { known.retraction = nil }
        return known.chain.isEmpty ? nil : known
    }
}
