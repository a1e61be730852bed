import EventStore
import Infusion
import InfusionProjections

/// Commands of one patient, decided in order, each on the state that the ones before it leave.
///
/// They travel as one batch, and what one of them is told may rest on another that is not written yet.
/// So nothing counts before the log has spoken: after a command that was not newly appended, every later
/// one is decided again, the refusals too.
struct CommandChain: Sendable {
    /// How one command was decided.
    enum Link: Sendable {
        case yes(Append<PatientChanges>, after: PatientState)
        case no(ApplicationError)
    }

    /// What it begins with.
    let base: LoadedPatient
    /// Whether the log was asked for the base just now. Otherwise it is what this process remembers,
    /// which a yes may rest on, since the append compares the version, and a no may not.
    let isFresh: Bool
    private(set) var links: [Link] = []
    private(set) var state: PatientState
    private(set) var version: StreamVersion
    /// What its appends weigh together.
    private var bytes = 0

    init(on base: LoadedPatient, isFresh: Bool) {
        self.base = base
        self.isFresh = isFresh
        state = base.state
        version = base.version
    }

    var appends: [Append<PatientChanges>] {
        links.compactMap { link in
            switch link {
            case .yes(let append, _): append
            case .no: nil
            }
        }
    }

    /// Whether the append may travel with it; the first one may, whatever it weighs.
    func hasRoom(for append: Append<PatientChanges>, limit: Int) -> Bool {
        bytes == 0 || bytes + append.bytes <= limit
    }

    mutating func add(_ append: Append<PatientChanges>, after: PatientState) {
        links.append(.yes(append, after: after))
        state = after
        version = append.expected.advanced(by: append.events.count)
        bytes += append.bytes
    }

    mutating func add(_ refusal: ApplicationError) { links.append(.no(refusal)) }
}
