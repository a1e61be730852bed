/// An infusion that is interrupted and goes on is one dose.
extension Decision {
    func pause(_ id: DoseID, reason: StopReason, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let dose = try requireDose(id)
        guard dose.status == .inProgress else {
            throw .doseNotInProgress(id, status: dose.status.rawValue)
        }
        try requireDuring(dose, at)
        return [happened(.dosePaused(id, reason: reason), at: at)]
    }

    func resume(_ resumption: DoseResumed, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let dose = try requireDose(resumption.id)
        guard let pause = dose.openPause, dose.end == nil else {
            throw .doseNotPaused(dose.id, status: dose.status.rawValue)
        }
        try requireDuring(dose, at)
        let accepted = InfusionLimits.resumedRatePercent
        guard accepted.contains(resumption.ratePercent) else {
            throw .invalidValue(
                field: "ratePercent", problem: "is \(resumption.ratePercent) %",
                accepted: "\(accepted.lowerBound) to \(accepted.upperBound) % of the first rate")
        }
        let restart = Restart(
            dose: dose, pause: pause,
            reactions: state.reactions.filter { $0.reaction.dose == dose.id })
        if let problem = restart.problem(resumption, at: at) {
            throw .restartNotAllowed(dose.id, problem)
        }
        return [happened(.doseResumed(resumption), at: at)]
    }

    /// After the dose last began, paused or ran again, and before it must have ended.
    private func requireDuring(_ dose: DoseRecord, _ at: Instant) throws(Refusal) {
        try requirePast(at, field: "at")
        let latest = dose.startedAt.adding(hours: InfusionLimits.infusionHours)
        guard at > dose.lastChange, at <= latest else {
            throw .invalidValue(
                field: "at", problem: "lies outside the infusion",
                accepted: "after it last began, paused or ran again, at most "
                    + "\(InfusionLimits.infusionHours) h after the start")
        }
    }
}
