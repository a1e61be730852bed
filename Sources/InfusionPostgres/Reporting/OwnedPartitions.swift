import EventStore
import Infusion
import PostgresEventStore

/// The partitions of the report that one process has, and what it knows of their patients.
struct OwnedPartitions: Sendable {
    private(set) var checkpoints: [ProjectionCheckpoint] = []
    var folds: PatientFolds
    var skipped = SkippedEvents()
    var parked: Set<PatientID> = []
    /// What is known of wake-ups, from term to term.
    var pace = TailPace()

    init(folds: PatientFolds) { self.folds = folds }

    /// Takes in what is held from now on. Folds are as old as their partition's checkpoint, so they go
    /// with any change of hands.
    mutating func hold(_ held: [ProjectionCheckpoint]) {
        if held.map(\.fencingToken) != checkpoints.map(\.fencingToken)
            || held.map(\.partition) != checkpoints.map(\.partition)
        {
            folds.forgetAll()
        }
        checkpoints = held
    }

    mutating func advance(_ moved: [ProjectionCheckpoint]) {
        for (index, checkpoint) in checkpoints.enumerated() {
            if let new = moved.first(where: { $0.partition == checkpoint.partition }) {
                checkpoints[index] = new
            }
        }
    }

    /// Where a reader for all of them begins: what some have had already, they are not given again.
    var lowest: TailCheckpoint? {
        checkpoints.map(\.reached).min { $0.position < $1.position }
    }

    func behind(_ position: Position) -> [ProjectionCheckpoint] {
        checkpoints.filter { $0.reached.position < position }
    }

    func checkpoint(of patient: PatientID) -> ProjectionCheckpoint? {
        let partition = ReportingLimits.partitions.partition(of: patient.uuid)
        return checkpoints.first { $0.partition == partition }
    }

    /// Whether an event of the patient at this position is still to be taken in here.
    func awaits(_ patient: PatientID, at position: Position) -> Bool {
        checkpoint(of: patient).map { $0.reached.position < position } ?? false
    }
}
