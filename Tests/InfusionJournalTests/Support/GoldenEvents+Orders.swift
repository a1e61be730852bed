import Foundation
import Infusion

extension GoldenEvents {
    static let findings = [
        Finding(
            gate: .diagnosis, ruleVersion: 3, severity: .hard, verdict: .passed,
            predicates: [
                Predicate(
                    name: "ferritin", value: "15", unit: "ng/mL", comparison: "<", threshold: "30",
                    holds: true, source: "BSG 2021 §3",
                    evidence: [EventVersion(4), EventVersion(5)])
            ],
            nextStep: nil, passesFrom: nil),
        Finding(
            gate: .phosphate, ruleVersion: 1, severity: .soft, verdict: .indeterminate,
            predicates: [
                Predicate(
                    name: "phosphate", value: nil, unit: nil, comparison: ">=", threshold: "2.5",
                    holds: nil, source: "clinical facts §4", evidence: [])
            ],
            nextStep: "order-labs", passesFrom: date("2026-11-27")),
    ]

    private static func order(
        _ need: IronNeed?, _ findings: [Finding], whyIntravenous: IntravenousReason? = nil
    ) -> PatientFact {
        .infusionOrdered(
            InfusionOrder(
                id: id(4), product: ProductKey("ferinject"), dosingRow: DosingRowID("FCM-EU"),
                moiety: .ferricCarboxymaltose, indication: .heartFailure,
                prescribed: [1_000, 500].map(Milligrams.init),
                plannedTotal: Milligrams(1_500), method: need?.method ?? .labelCourse, need: need,
                whyIntravenous: whyIntravenous,
                signature: Signature(prescriber: "dr-rossi", signedAt: instant(-5)),
                findings: findings,
                formularyVersion: "2026.1"))
    }

    private static let ganzoni = IronNeed(
        method: .ganzoni, milligrams: Milligrams(decimal("1387.84")),
        weight: Kilograms(decimal("70.5")), hemoglobin: GramsPerDeciliter(decimal("10.2")),
        targetHemoglobin: GramsPerDeciliter(15), stores: Milligrams(500),
        formula: "70.5 × (15 − 10.2) × 2.4 + 500")

    static let orders: [(name: String, fact: PatientFact)] = [
        (
            "infusion-ordered.v2",
            order(ganzoni, findings, whyIntravenous: .oralNotAbsorbed)
        ),
        ("infusion-ordered.v2-minimal", order(nil, [])),
        (
            "infusion-ordered.v2-units-lost",
            order(
                IronNeed(
                    replacing: .units(decimal("2.5")), milligrams: Milligrams(500),
                    formula: "2.5 units × 200 mg"), [])
        ),
        (
            "infusion-ordered.v2-blood-lost",
            order(
                IronNeed(
                    replacing: .volume(Milliliters(500), hematocrit: Percent(20)),
                    milligrams: Milligrams(100), formula: "500 mL × 0.2"), [])
        ),
        ("order-held.v1", .orderHeld(id(4), reason: .infection)),
        ("order-released.v1", .orderReleased(id(4))),
        ("order-cancelled.v1", .orderCancelled(id(4), reason: .noLongerNeeded)),
        (
            "gate-overridden.v3",
            override(
                coSigner: "dr-bianchi",
                asked: AskedGate(
                    ruleVersion: 3, severity: .hard,
                    evidence: [EventVersion(4), EventVersion(5), EventVersion(16)],
                    predicates: findings[0].predicates),
                patientRisk: .moderate, evidenceRef: .present("KDIGO 2026 anaemia, chapter 2"))
        ),
        ("gate-overridden.v3-minimal", override(coSigner: nil)),
        (
            "signed-off.v1",
            signOff(of: .reaction(id(8)), lifting: .seriousReaction, coSigner: "dr-bianchi")
        ),
        (
            "signed-off.v1-order",
            signOff(of: .order(id(4)), lifting: .reactionReview, coSigner: "dr-bianchi")
        ),
        (
            "signed-off.v1-context",
            signOff(of: .clinicalContext, lifting: .knownIronOverload, coSigner: "dr-bianchi")
        ),
        ("signed-off.v1-minimal", signOff(of: .order(id(4)), lifting: nil, coSigner: nil)),
        (
            "recheck-opened.v1",
            .recheckOpened(
                RecheckOpened(
                    id: RecheckID(rule: .phosphate, anchor: EventVersion(17)), ruleVersion: 2,
                    tests: [.phosphate, .hemoglobin], earliest: date("2026-11-27"),
                    due: date("2026-12-04"), overdueAfter: date("2026-12-11"), urgency: .soon,
                    reason: "phosphate-nadir", predicates: findings[0].predicates,
                    evidence: [EventVersion(16), EventVersion(17)]))
        ),
        (
            "transfusion-ordered.v1",
            .transfusionOrdered(
                TransfusionOrder(
                    id: id(4), units: 1, indication: .metastaticBreastCancer,
                    signature: Signature(prescriber: "dr-bianchi", signedAt: instant(0)),
                    isIndicated: nil, predicates: []))
        ),
        (
            "transfusion-order-filled.v1",
            .transfusionOrderFilled(
                TransfusionOrderFilled(order: id(4), transfusion: id(1), appointment: id(6)))
        ),
        (
            "transfusion-order-filled.v1-unbooked",
            .transfusionOrderFilled(
                TransfusionOrderFilled(order: id(4), transfusion: id(1), appointment: nil))
        ),
        (
            "decision-reviewed.v1",
            .decisionReviewed(DecisionReviewed(decision: EventVersion(12), outcome: .planChanged))
        ),
        ("recheck-closed.v1", recheckClosed(.satisfied)),
        ("recheck-closed.v1-superseded", recheckClosed(.superseded)),
        ("recheck-closed.v1-no-longer-needed", recheckClosed(.noLongerNeeded)),
        ("recheck-closed.v1-by-person", recheckClosed(.closedByPerson(.resultSeenElsewhere))),
    ]

    /// Files of shapes that are read for ever and written no more, and what they say today.
    static let former: [(name: String, fact: PatientFact)] = [
        ("gate-overridden.v1", override(coSigner: "dr-bianchi")),
        ("gate-overridden.v1-minimal", override(coSigner: nil)),
        (
            "gate-overridden.v2",
            override(
                coSigner: "dr-bianchi",
                asked: AskedGate(
                    ruleVersion: 3, severity: .hard,
                    evidence: [EventVersion(4), EventVersion(5), EventVersion(16)],
                    predicates: nil),
                patientRisk: .moderate, evidenceRef: .present("KDIGO 2026 anaemia, chapter 2"))
        ),
        ("gate-overridden.v2-minimal", override(coSigner: nil)),
        ("infusion-ordered.v1", order(ganzoni, findings)),
        ("reaction-logged.v1", reactionLogged()),
        ("reaction-logged.v1-minimal", minimalReaction),
        (
            "infusion-ordered.v1-table",
            order(
                IronNeed(
                    method: .simplifiedTable, milligrams: Milligrams(1_500),
                    weight: Kilograms(decimal("70.5")),
                    hemoglobin: GramsPerDeciliter(decimal("10.2")),
                    targetHemoglobin: nil, stores: nil, formula: "70 kg and more, 10 g/dL and more"),
                [])
        ),
        ("infusion-ordered.v1-minimal", order(nil, [])),
    ]

    private static func override(
        coSigner: String?, asked: AskedGate? = nil, patientRisk: PatientRisk? = nil,
        evidenceRef: Sealed<String>? = nil
    ) -> PatientFact {
        .gateOverridden(
            GateOverride(
                id: id(5), gate: .phosphate, order: id(4), reason: .benefitOutweighsRisk,
                justification: .present(
                    "Phosphate 2.4, asymptomatic; recheck planned in one week."),
                role: .prescriber, coSigner: coSigner, expiresAt: instant(24 * 60),
                asked: asked, patientRisk: patientRisk, evidenceRef: evidenceRef))
    }

    private static func signOff(
        of subject: SignOffSubject, lifting block: StandingBlock?, coSigner: String?
    ) -> PatientFact {
        .signedOff(
            SignOff(
                subject: subject, lifted: block, reason: .clinicianReview,
                justification: .present("Seen with the allergist; tryptase normal."),
                role: .prescriber, coSigner: coSigner))
    }

    private static func recheckClosed(_ reason: RecheckClosed.Reason) -> PatientFact {
        .recheckClosed(
            RecheckClosed(
                id: RecheckID(rule: .phosphate, anchor: EventVersion(17)), reason: reason,
                evidence: [EventVersion(21)]))
    }
}
