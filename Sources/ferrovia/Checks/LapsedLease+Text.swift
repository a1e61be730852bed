import EventStore
import InfusionPostgres
import InfusionProjections
import InfusionWire

extension LapsedLease {
    /// Whose it was, of what, and since when nobody has it.
    var text: String {
        """
        \(owner) had \(partitions.count.counted("partition")) of \(projection.rawValue) until \
        \(since.text) and has not prolonged its lease: it is gone, hangs or does not reach the \
        database; they stand at position \(position)
        """
    }

    /// What that means.
    var advice: String {
        """
        is ferroviad up? one that runs takes them over within seconds and goes on from there; what \
        \(owner) still wrote would be refused
        """
    }

    var json: JSON {
        [
            "projection": .name(projection), "owner": .string(owner),
            "partitions": .list(partitions) { .integer($0) }, "since": .instant(since),
            "position": .integer(position.value),
        ]
    }
}
