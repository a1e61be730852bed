import EventStore
import InfusionPostgres
import InfusionProjections
import InfusionWire

extension UnfinishedRebuild {
    /// Which projections, how far, and since when.
    var text: String {
        """
        a rebuild of \(names(separator: ", ")) is not finished: \(events) of \
        \(total.counted("event")), \(patients.counted("patient")), begun \(begun.text), last moved \(moved.text)
        """
    }

    /// How to take it up, and how to drop it.
    func advice(tenant: String) -> String {
        """
        go on with it: ferrovia rebuild --tenant \(tenant) \(names(separator: " ")); \
        drop it: the same, or one of other projections, with --from-scratch
        """
    }

    private func names(separator: String) -> String {
        projections.map(\.rawValue).joined(separator: separator)
    }

    var json: JSON {
        [
            "projections": .list(projections) { .name($0) }, "patients": .integer(patients),
            "events": .integer(events), "of": .integer(total), "begun": .instant(begun),
            "lastMoved": .instant(moved),
        ]
    }
}
