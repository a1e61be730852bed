import EventStore
import Infusion
import InfusionJournal
import InfusionProjections
import PostgresEventStore

/// Folds of the patients seen last, so that the next event of one does not read its whole stream
/// again. A cache and nothing else: what is not here is folded from the log.
struct PatientFolds: Sendable {
    /// A patient's state as far as it has been folded.
    struct Fold: Sendable {
        var state = PatientState()
        /// Where the last event that it rests on stands in the log.
        var position = Position.start
        /// Set once an event could not be read; then the state ends before it.
        var parked: ParkedStream?
        /// What the report has of the patient since this process wrote it; `nil` if that is not known.
        var written: [DoseReportShare]?
    }

    /// A fold and when it was last gone on from, counted in pages.
    private struct Kept {
        var fold: Fold
        var page: Int
    }

    private var kept: [PatientID: Kept] = [:]
    private var page = 0
    private let capacity: Int

    var count: Int { kept.count }

    init(capacity: Int) { self.capacity = capacity }

    /// The fold up to and including `version`; `nil` if it is not known.
    func fold(of patient: PatientID, at version: EventVersion) -> Fold? {
        if version == .none { return Fold() }
        return kept[patient].flatMap { $0.fold.state.version == version ? $0.fold : nil }
    }

    /// Keeps the folds of a page, and in the end no more than ``capacity``: who has not come for longest
    /// goes first.
    mutating func keep(_ new: [PatientID: Fold]) {
        page += 1
        for (patient, fold) in new where fold.parked == nil {
            kept[patient] = Kept(fold: fold, page: page)
        }
        guard kept.count > capacity else { return }
        // Some more at once: putting all in order is not for every page.
        let excess = kept.count - capacity * 9 / 10
        for patient in kept.sorted(by: { $0.value.page < $1.value.page }).prefix(excess) {
            kept[patient.key] = nil
        }
    }

    mutating func forgetAll() { self = PatientFolds(capacity: capacity) }

    mutating func forget(_ patients: some Sequence<PatientID>) {
        for patient in patients { kept[patient] = nil }
    }
}

/// Limits of the asynchronous projection, with their units.
public enum ReportingLimits {
    /// How the patients of a tenant are shared by the processes that report. Changed only with a
    /// migration: checkpoints rest on it.
    static let partitions = StreamPartitions(count: 16)
    /// Patients whose folds are kept in memory.
    public static let cachedPatients = 4_000
    /// Events of a stream read at once when a fold begins anew.
    public static let streamPageEvents = 1_000
    /// Patients whose folds begin anew in one read.
    static let patientsPerRefold = 50
    /// How often a patient's partition is asked for who is to be read again, while its owner takes it back;
    /// attempts.
    static let takeoverAttempts = 5
    /// How long a partition stays its owner's without a sign of life.
    public static let lease = Duration.seconds(30)
    /// How often leases are prolonged and partitions looked for, as a part of the lease.
    static let termsPerLease = 3
    /// How often a process that has no partition looks for one, and how long a failed one waits.
    public static let standbyInterval = Duration.seconds(2)
    /// How often the list of tenants is read again.
    public static let tenantsInterval = Duration.seconds(5)
}
