extension Decision {
    func log(_ reaction: Reaction, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard state.reaction(reaction.id) == nil else { throw .duplicateIdentifier(field: "id") }
        let dose = try requireDose(reaction.dose)
        try requirePast(at, field: "at")
        guard at >= dose.startedAt else {
            throw .invalidValue(
                field: "at", problem: "lies before the dose began",
                accepted: "the start of the dose or later")
        }
        if let onset = reaction.onsetMinute, !InfusionLimits.onsetMinutes.contains(onset) {
            throw .invalidValue(
                field: "onsetMinute", problem: "is \(onset)",
                accepted: "0 to \(InfusionLimits.onsetMinutes.upperBound) minutes from the start")
        }
        if let delivered = reaction.deliveredAtOnset,
            delivered < .zero || delivered > dose.counted
        {
            throw .invalidValue(
                field: "deliveredAtOnset", problem: "is \(delivered)",
                accepted: "0 mg to \(dose.counted)")
        }
        if let rate = reaction.course.rate {
            try requireRange(
                rate.value, field: "rate", accepted: InfusionLimits.rateMillilitersPerHour,
                unit: Units.MilliliterPerHour.ucum)
        }
        try requireOnScale(reaction.grade)
        // an impossible grade is refused as a grade; the reaction stands and blocks,
        // ungraded.
        let kept = Reaction(
            id: reaction.id, dose: reaction.dose, kind: reaction.kind,
            grade: reaction.kind.allows(reaction.grade) ? reaction.grade : .ungraded,
            onsetMinute: reaction.onsetMinute, deliveredAtOnset: reaction.deliveredAtOnset,
            course: reaction.course)
        return [happened(.reactionLogged(kept), at: at)]
            + consequences(of: kept.kind, grade: kept.grade, dose: dose)
    }

    /// Anybody at the chair may grade a reaction higher, and a grade that lifts what stands in the way of iron
    /// is signed for (facts §10.1 rule 6).
    func regrade(
        _ id: ReactionID, to grade: ReactionGrade, signOff: GivenSignOff?
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard let reaction = state.reaction(id) else { throw .reactionNotFound(id) }
        try requireOnScale(grade)
        let kind = reaction.reaction.kind
        guard grade != .ungraded, kind.allows(grade) else {
            throw .invalidValue(
                field: "grade", problem: "is no grade of \(kind.rawValue)",
                accepted: "CTCAE \(kind.lowestGrade) to \(ReactionGrade.scale.upperBound)")
        }
        if reaction.grade == grade { return [] }
        let dose = try requireDose(reaction.reaction.dose)
        let lifts =
            ReactionSeverity.isSerious(kind, reaction.grade)
            && !ReactionSeverity.isSerious(kind, grade)
        return [happensNow(.reactionRegraded(id, to: grade))]
            + (try signedOff(signOff, .reaction(id), lifting: lifts ? .seriousReaction : nil))
            + consequences(of: kind, grade: grade, dose: dose)
    }

    private func requireOnScale(_ grade: ReactionGrade) throws(Refusal) {
        switch grade {
        case .ungraded: return
        case .ctcae(let value):
            guard ReactionGrade.scale.contains(value) else {
                throw .invalidValue(
                    field: "grade", problem: "is CTCAE \(value)",
                    accepted: "CTCAE 1 to \(ReactionGrade.scale.upperBound), or ungraded")
            }
        }
    }

    /// Facts §5.3 and R-19: a serious reaction holds every order of any intravenous iron for review
    /// and gives back the visits booked for the same moiety; a moderate one holds its own order.
    func consequences(
        of kind: ReactionKind, grade: ReactionGrade, dose: DoseRecord
    ) -> [PatientEvent] {
        let serious = ReactionSeverity.isSerious(kind, grade)
        guard serious || ReactionClass(kind, grade).holdsItsOrder else { return [] }
        let affected = state.orders.filter { order in
            (order.status == .active || order.status == .held)
                && (serious || order.id == dose.order)
        }
        var events = affected.filter { order in
            !order.holds.contains { $0.value == .reactionReview }
        }.map { happensNow(.orderHeld($0.id, reason: .reactionReview)) }
        if serious {
            let sameMoiety = affected.filter { $0.order.moiety == dose.moiety }.map(\.id)
            events += cancelBookings(of: sameMoiety, reason: .reaction)
        }
        return events
    }
}
