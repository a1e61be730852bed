import InfusionJournal

/// One thing that must hold for the log to go on, and what stands against it.
struct StatusCheck {
    struct Blocker {
        let detail: String
        /// What to do about it.
        let advice: String
    }

    let name: String
    let blockers: [Blocker]

    var isReady: Bool { blockers.isEmpty }

    /// The members that `GET /readyz` has, and the advice.
    var json: JSON {
        [
            "name": .string(name), "ready": .bool(isReady),
            "blockers": .list(blockers) {
                ["detail": .string($0.detail), "advice": .string($0.advice)]
            },
        ]
    }
}

/// From when on something counts as blocking.
enum StatusLimits {
    /// As the alert FerroviaProjectionLagging.
    static let reportingLagEvents: Int64 = 10_000
    static let transactionSeconds: Int64 = 300
    /// What a slot in use may hold back; an unused one should hold back nothing.
    static let slotHoldsBytes: Int64 = 1 << 30
}
