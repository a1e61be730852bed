import Infusion
import InfusionApplication
import InfusionProjections

/// What came of a step.
enum CaseOutcome {
    /// With the gates' answers, where the command asked them.
    case accepted([Finding])
    case refused(CaseRefusal)

    var findings: [Finding] {
        switch self {
        case .accepted(let findings): findings
        case .refused(let refusal): refusal.findings
        }
    }

    /// As a failure shows it.
    var text: String {
        switch self {
        case .accepted: "accepted"
        case .refused(let refusal): refusal.text
        }
    }
}

/// A no, as the API would tell it.
struct CaseRefusal {
    /// Of `docs/errors.md`.
    let code: String
    var field: String?
    /// What of the calendar is taken.
    var constraint: String?
    var detail = ""
    var findings: [Finding] = []
    /// Where else the visit could be.
    var alternatives: [Opening] = []

    fileprivate var text: String {
        let about = (field ?? constraint).map { " (\($0))" } ?? ""
        return "refused: \(code)\(about)" + (detail.isEmpty ? "" : ", \(detail)")
    }
}

extension CaseRefusal {
    init(_ refusal: Refusal) {
        self.init(code: refusal.code)
        switch refusal {
        case .gatesShut(let findings):
            detail = findings.filter { $0.isShut && $0.severity != .information }
                .map { "\($0.gate.rawValue) \($0.severity.rawValue) \($0.verdict.rawValue)" }
                .joined(separator: ", ")
            self.findings = findings
        case .invalidValue(let field, let problem, let accepted),
            .doseOutsideOrder(let field, let problem, let accepted):
            self.field = field
            detail = "\(problem); accepted: \(accepted)"
        case .inTheFuture(let field), .duplicateIdentifier(let field): self.field = field
        case .overrideNotAllowed(let gate, let problem):
            detail = "\(gate.rawValue): \(problem)"
        case .signOffNeeded(let block, let problem):
            field = problem.field
            detail = "\(block.rawValue): \(problem.code)"
        case .orderNotActive(_, let status), .appointmentNotOpen(_, let status),
            .doseNotInProgress(_, let status), .doseNotPaused(_, let status):
            detail = status
        case .restartNotAllowed(_, let problem): detail = problem.code
        case .patientElsewhere: constraint = Reservation.patient.rawValue
        case .observationTooShort(let minutes, let required),
            .visitTooShort(let minutes, let required):
            detail = "\(minutes) of \(required) min"
        case .unknownProduct(_, let accepted), .unknownDosingRow(_, let accepted):
            detail = "accepted: \(accepted.joined(separator: ", "))"
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .patientMerged, .mergeNotPossible, .notMerged, .attributionNotOpen,
            .careNotEnded, .labNotFound, .labAlreadyRetracted, .orderNotFound, .orderFullyBooked,
            .hemoglobinNeeded, .sameDayVisit, .holdExpired, .holdNotExpired,
            .siteClosed, .chairNotFound, .chairRetired, .chairOutOfService, .noResuscitationCover,
            .afterLastStart, .stockShort, .capacityOverrideNotAllowed,
            .alreadyOnWaitlist, .notOnWaitlist, .offerNotAnswered, .offerNotOpen,
            .appointmentNotFound, .doseNotFound, .doseStillInProgress, .reactionNotFound,
            .notStable,
            .recheckNotOpen, .reviewNotOpen:
            break
        }
    }
}
