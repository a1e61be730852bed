import Foundation

/// A patient whose rows are made again, and how many events there are to fold.
struct ChangedPatient: Hashable, Sendable {
    let id: UUID
    /// The length of the history. Where it is not known, as of one whose sequence an administrator decided
    /// about, it counts as a whole page: then the patient comes alone.
    let events: Int
}

extension [ChangedPatient] {
    var ids: [UUID] { map(\.id) }

    /// Events of all of them together.
    var events: Int { reduce(0) { $0 + $1.events } }

    /// Runs of them, in order, with no more than so many events each; one who has more comes alone.
    func runs(ofEvents most: Int) -> [[ChangedPatient]] {
        var runs: [[ChangedPatient]] = []
        var events = 0
        for patient in self {
            if let last = runs.indices.last, events + patient.events <= most {
                runs[last].append(patient)
                events += patient.events
            } else {
                runs.append([patient])
                events = patient.events
            }
        }
        return runs
    }

    /// With those who are not among them, in ascending order.
    func adding(_ others: [UUID], countedAs events: Int) -> [ChangedPatient] {
        let missing = Set(others).subtracting(ids)
        return (self + missing.map { ChangedPatient(id: $0, events: events) })
            .sorted { $0.id < $1.id }
    }
}
