/// The event a recheck counts from.
struct RecheckAnchor {
    enum Kind {
        case dose, transfusion, result, reaction, symptom, bloodCount, treatment
        case panel, context, planDay, treatmentCycle, surgery, estimatedDueDate, admission
        case infection

        /// What the row's predicates call it.
        var name: String {
            switch self {
            case .dose: "last-dose"
            case .transfusion: "last-transfusion"
            case .result: "collected"
            case .reaction: "reported"
            case .symptom: "told"
            case .bloodCount: "last-count"
            case .treatment: "treatment-start"
            case .panel: "last-panel"
            case .context: "context-since"
            case .planDay: "plan-day-1"
            case .treatmentCycle: "treatment-cycle"
            case .surgery: "surgery"
            case .estimatedDueDate: "estimated-due-date"
            case .admission: "admission"
            case .infection: "infection-told"
            }
        }
    }

    let kind: Kind
    let version: EventVersion
    let at: Instant
    let date: CalendarDate

    /// The date itself: what the window's days are added to.
    func predicate(source: String) -> Predicate {
        .fact(
            kind.name, date, "present", "date", holds: true, source: source, evidence: [version])
    }
}
