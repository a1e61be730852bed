import Infusion
public import InfusionProjections
public import Postgres
public import PostgresEventStore

/// The inline projections travel with the append: one statement calls `infusion.append`, which
/// writes the rows of what was appended and of nothing else.
public struct InfusionProjector: InlineProjector {
    public typealias Changes = PatientChanges

    public init() {}

    public var statement: NamedStatement { Statements.append }

    public func parameters(for changes: [PatientChanges]) -> [any PostgresEncodable] {
        var rechecks = RecheckParameters()
        var revisions = RevisionParameters()
        var asks = AskParameters()
        var references = ReferenceParameters()
        var waitlist = WaitlistParameters()
        for (index, change) in changes.enumerated() {
            let command = Int32(index + 1)
            rechecks.add(change, command)
            revisions.add(change, command)
            if let ask = change.ask,
                let revision = revisions.ordinal(of: ask.appointment, in: change)
            {
                asks.add(ask, command, revision: revision)
            }
            references.add(change, command)
            waitlist.add(change, command)
        }
        let states: [any PostgresEncodable] = [
            changes.map(\.site.name), changes.map { Int32($0.foldVersion) },
            changes.map(\.document), changes.map { $0.decidedAt.map { PostgresTimestamp($0) } },
        ]
        return states + rechecks.values + revisions.values + asks.values + references.values
            + waitlist.values
    }
}
