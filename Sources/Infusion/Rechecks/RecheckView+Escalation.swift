import Foundation

/// Something seen that cannot wait for its rule's own day.
private struct Alarm {
    let version: EventVersion
    let at: Instant
    let urgency: Urgency
    let predicate: Predicate
    let reason: String
    /// The result it came from; a later statement about the same specimen does not answer it.
    let lab: LabResultID?
}

extension RecheckView {
    /// Haemoglobin below 8 urgent, below 7 emergency: another look, at once.
    func hemoglobinEscalation(_ rule: RecheckRule) -> RecheckOutcome {
        let alarms = alarms(
            .hemoglobin, unit: Units.GramPerDeciliter.ucum, threshold: "8",
            reason: "low-hemoglobin",
            urgency: Self.urgency(ofHemoglobin:))
        return escalate(rule, alarms, test: .hemoglobin)
    }

    /// Phosphate below 2.0 urgent, below 1.0 emergency, and symptoms of it urgent (facts §6 R5,
    ///
    func phosphateEscalation() -> RecheckOutcome {
        let values = alarms(
            .phosphate, unit: Units.MilligramPerDeciliter.ucum, threshold: "2",
            reason: "low-phosphate",
            urgency: Self.urgency(ofPhosphate:))
        let symptoms = state.reactions.filter { $0.reaction.kind == .hypophosphatemia }.map {
            record in
            Alarm(
                version: record.version, at: record.at, urgency: .urgent,
                predicate: .fact(
                    "symptoms", record.reaction.kind.rawValue, "=", "none", holds: false,
                    source: "facts §6 R5", evidence: record.evidence),
                reason: "phosphate-symptoms", lab: nil)
        }
        return escalate(.phosphate, values + symptoms, test: .phosphate)
    }

    /// Every result that alarmed when it was told, by its worst statement: a correction or a
    /// retraction never closes an escalation.
    private func alarms(
        _ analyte: Analyte, unit: String, threshold: String, reason: String,
        urgency: (LabValue) -> Urgency
    ) -> [Alarm] {
        var alarms: [Alarm] = []
        for index in state.labs.indices where state.labs[index].analyte == analyte {
            let lab = state.labs[index]
            let worst = lab.chain.filter {
                $0.status != .preliminary && urgency($0.value) != .routine
            }
            .min { ($0.value.canonical, $0.version) < ($1.value.canonical, $1.version) }
            guard let worst else { continue }
            alarms.append(
                Alarm(
                    version: worst.version, at: worst.collectedAt, urgency: urgency(worst.value),
                    predicate: .fact(
                        analyte.rawValue, worst.value.text, unit: unit, "<", threshold,
                        holds: true, source: "facts §6, urgency", evidence: [worst.version]),
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
        var pending: [Alarm] = []
        for alarm in alarms {
            let id = RecheckID(rule: rule, anchor: alarm.version)
            if let answer = answers.first(where: {
                $0.collectedAt > alarm.at && $0.lab != alarm.lab
            }) {
                outcome.satisfied[id] = [answer.evidence]
            } else if !isClosedByPerson(id) {
                pending.append(alarm)
            }
        }
        outcome.required = pending.max { left, right in
            (left.at, left.urgency.rank, right.version) < (
                right.at, right.urgency.rank, left.version
            )
        }.map { escalation(rule, $0, test: test) }
        return outcome
    }

    /// Same day for an emergency, within 72 h for what is urgent (facts §6).
    private func escalation(_ rule: RecheckRule, _ alarm: Alarm, test: Analyte) -> RecheckOpened {
        let date = picture.localDate(alarm.at)
        let due = date.adding(days: alarm.urgency == .emergency ? 0 : Self.urgentDays)
        return RecheckOpened(
            id: RecheckID(rule: rule, anchor: alarm.version),
            ruleVersion: RuleVersions.version(of: rule), tests: [test], earliest: date, due: due,
            overdueAfter: due, urgency: alarm.urgency, reason: alarm.reason,
            predicates: [alarm.predicate], evidence: alarm.predicate.evidence)
    }

    private static let urgentDays = 3
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
