import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

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
    /// The code of what cannot be read: the edge's own, before the domain is asked.
    static let invalidBody = "invalid-body"

    /// Of `docs/errors.md`.
    let code: String
    var field: String?
    /// What of the calendar is taken.
    var constraint: String?
    var detail = ""
    var findings: [Finding] = []
    /// Where else the visit could be.
    var alternatives: [Opening] = []

    /// The code, what it is about, and the text.
    var text: String {
        let about = (field ?? constraint).map { " (\($0))" } ?? ""
        return "refused: \(code)\(about)" + (detail.isEmpty ? "" : ", \(detail)")
    }
}

extension CaseRefusal {
    init(_ refusal: Refusal) {
        let about = refusal.field
        self.init(code: refusal.code, field: about?.field)
        if case .patientElsewhere = refusal { constraint = Reservation.patient.rawValue }
        if case .gatesShut(let findings) = refusal { self.findings = findings }
        detail =
            if let about {
                about.problem + (about.accepted.map { "; accepted: \($0)" } ?? "")
            } else if !findings.isEmpty {
                findings.filter(\.refusesDose)
                    .map { "\($0.gate.rawValue) \($0.severity.rawValue) \($0.verdict.rawValue)" }
                    .joined(separator: ", ")
            } else {
                refusal.told
            }
    }
}

extension Refusal {
    /// As the API and the command line tell it, with what would be accepted where that is a list.
    fileprivate var told: String {
        let what = detail { $0 }.map { "\(title): \($0)" } ?? title
        return accepted.isEmpty ? what : what + "; accepted: \(accepted.joined(separator: ", "))"
    }

    private var accepted: [String] {
        if case .unknownProduct(_, let accepted) = self { return accepted }
        if case .unknownDosingRow(_, let accepted) = self { return accepted }
        if case .chairNotFound(_, let accepted) = self { return accepted }
        return []
    }
}
