/// Something seen that cannot wait for its rule's own day.
private struct Alarm {
    let anchor: RecheckAnchor
    let urgency: Urgency
    let predicate: Predicate
    let reason: String
    /// The result it came from; a later statement about the same specimen does not answer it.
    let lab: LabResultID?
}

extension RecheckView {
    /// Haemoglobin below 8 urgent, below 7 emergency: another look, at once.
    func hemoglobinEscalation(_ rule: RecheckRule) -> RecheckOutcome {
        escalate(rule, alarms(ladders.hemoglobin, reason: "low-hemoglobin"), test: .hemoglobin)
    }

    /// Phosphate below 2.0 urgent, below 1.0 emergency, and symptoms of it urgent (facts §6 R5,
    ///
    func phosphateEscalation() -> RecheckOutcome {
        let values = alarms(ladders.phosphate, reason: "low-phosphate")
        let symptoms = state.reactions.filter { $0.reaction.kind == .hypophosphatemia }.map {
            record in
            Alarm(
                anchor: RecheckAnchor(
                    kind: .reaction, version: record.version, at: record.at,
                    date: picture.localDate(record.at)),
                urgency: .urgent,
                predicate: .fact(
                    "symptoms", record.reaction.kind.rawValue, "present",
                    "symptoms of low phosphate", holds: true, source: "facts §6 R5",
                    evidence: record.evidence),
                reason: "phosphate-symptoms", lab: nil)
        }
        return escalate(.phosphate, values + symptoms, test: .phosphate)
    }

    /// Every result that alarmed when it was told, by its worst statement: a correction or a
    /// retraction never closes an escalation.
    private func alarms(_ ladder: UrgencyLadder, reason: String) -> [Alarm] {
        var alarms: [Alarm] = []
        for index in state.labs.indices where state.labs[index].analyte == ladder.analyte {
            let lab = state.labs[index]
            let worst = lab.chain.filter {
                $0.status != .preliminary && ladder.rung(of: $0.value) != nil
            }
            .min { ($0.value.canonical, $0.version) < ($1.value.canonical, $1.version) }
            guard let worst,
                let predicate = ladder.predicate(of: worst.value, evidence: worst.version)
            else { continue }
            alarms.append(
                Alarm(
                    anchor: RecheckAnchor(
                        kind: .result, version: worst.version, at: worst.collectedAt,
                        date: picture.localDate(worst.collectedAt)),
                    urgency: ladder.urgency(of: worst.value), predicate: predicate,
                    reason: reason, lab: lab.id))
        }
        return alarms
    }

    /// The newest alarm that nothing has answered: no readable result collected later, and no
    /// person.
    private func escalate(
        _ rule: RecheckRule, _ alarms: [Alarm], test: Analyte
    ) -> RecheckOutcome {
        var outcome = RecheckOutcome.nothing
        if alarms.isEmpty { return outcome }
        let answers = picture.readings(test)
        let oldestFirst = alarms.sorted { left, right in
            (left.anchor.at, left.urgency.rank, right.anchor.version) < (
                right.anchor.at, right.urgency.rank, left.anchor.version
            )
        }
        for alarm in oldestFirst {
            let look = recheck(
                rule, from: alarm.anchor, window: windows.escalation(alarm.urgency), tests: [test],
                reason: alarm.reason, urgency: alarm.urgency, predicates: [alarm.predicate]
            ) { _ in
                answers.first { $0.collectedAt > alarm.anchor.at && $0.lab != alarm.lab }
                    .map { [$0.evidence] }
            }
            outcome.satisfied.merge(look.satisfied) { base, _ in base }
            outcome.required = look.required ?? outcome.required
        }
        return outcome
    }
}

extension Urgency {
    /// From routine, 0, to emergency, 3.
    var rank: Int {
        switch self {
        case .routine: 0
        case .soon: 1
        case .urgent: 2
        case .emergency: 3
        }
    }
}
