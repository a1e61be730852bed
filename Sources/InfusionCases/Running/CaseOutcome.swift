import Infusion

/// What came of a step.
enum CaseOutcome {
    /// With the gates' answers, where the command asked them.
    case accepted([Finding])
    /// By a code of `docs/errors.md`.
    case refused(code: String, field: String?, detail: String, findings: [Finding])

    var findings: [Finding] {
        switch self {
        case .accepted(let findings), .refused(_, _, _, let findings): findings
        }
    }

    /// As a failure shows it.
    var text: String {
        switch self {
        case .accepted: "accepted"
        case .refused(let code, let field, let detail, _):
            "refused: \(code)" + (field.map { " (\($0))" } ?? "")
                + (detail.isEmpty ? "" : ", \(detail)")
        }
    }
}

extension CaseOutcome {
    init(_ refusal: Refusal) {
        switch refusal {
        case .gatesShut(let findings):
            let shut = findings.filter { $0.isShut && $0.severity != .information }
                .map { "\($0.gate.rawValue) \($0.severity.rawValue) \($0.verdict.rawValue)" }
            self = .refused(
                code: refusal.code, field: nil, detail: shut.joined(separator: ", "),
                findings: findings)
        case .invalidValue(let field, let problem, let accepted),
            .doseOutsideOrder(let field, let problem, let accepted):
            self = .refused(
                code: refusal.code, field: field, detail: "\(problem); accepted: \(accepted)",
                findings: [])
        case .inTheFuture(let field), .duplicateIdentifier(let field):
            self = .refused(code: refusal.code, field: field, detail: "", findings: [])
        case .overrideNotAllowed(let gate, let problem):
            self = .refused(
                code: refusal.code, field: nil, detail: "\(gate.rawValue): \(problem)",
                findings: [])
        case .orderNotActive(_, let status), .appointmentNotOpen(_, let status),
            .doseNotInProgress(_, let status), .doseNotPaused(_, let status):
            self = .refused(code: refusal.code, field: nil, detail: status, findings: [])
        case .restartNotAllowed(_, let problem):
            self = .refused(code: refusal.code, field: nil, detail: problem.code, findings: [])
        case .observationTooShort(let minutes, let required):
            self = .refused(
                code: refusal.code, field: nil, detail: "\(minutes) of \(required) min",
                findings: [])
        case .unknownProduct(_, let accepted), .unknownDosingRow(_, let accepted):
            self = .refused(
                code: refusal.code, field: nil,
                detail: "accepted: \(accepted.joined(separator: ", "))", findings: [])
        case .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
            .careNotEnded, .labNotFound, .labAlreadyRetracted, .orderNotFound, .orderFullyBooked,
            .hemoglobinNeeded, .sameDayVisit, .holdExpired, .holdNotExpired,
            .siteClosed, .chairNotFound, .chairRetired, .chairOutOfService, .noResuscitationCover,
            .afterLastStart, .stockShort, .capacityOverrideNotAllowed,
            .alreadyOnWaitlist, .notOnWaitlist, .offerNotAnswered, .offerNotOpen,
            .appointmentNotFound, .doseNotFound, .doseStillInProgress, .reactionNotFound,
            .notStable,
            .recheckNotOpen, .reviewNotOpen:
            self = .refused(code: refusal.code, field: nil, detail: "", findings: [])
        }
    }
}
