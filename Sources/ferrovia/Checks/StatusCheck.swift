import InfusionWire

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
