import Foundation
import Infusion

/// One fact of every kind, sealed values in all their three states.
enum SampleFacts {
    private static let slot = AppointmentSlot(
        site: SiteID("north"), chair: ChairID("chair-3"), start: Samples.instant,
        end: Samples.instant.adding(hours: 1))
    private static let value = LabValue(
        comparator: .lessThan, reported: Decimal(string: "11.50") ?? 0, reportedUnit: "ng/mL",
        canonical: Decimal(string: "11.5") ?? 0)
    private static let findings = [
        Samples.finding(.order, .passed), Samples.finding(.diagnosis, .overridden),
    ]
    private static let need = IronNeed(
        method: .ganzoni, milligrams: Milligrams(1_676), weight: Kilograms(70),
        hemoglobin: GramsPerDeciliter(8), targetHemoglobin: GramsPerDeciliter(15),
        stores: Milligrams(500), formula: "70 × (15 − 8) × 2.4 + 500")
    private static let given = DoseGiven(
        id: Samples.dose, given: Milligrams(500), lot: LotNumber("AB1234"),
        expiry: Samples.date.adding(days: 400), localDate: Samples.date)
    private static let gateOverride = GateOverride(
        id: OverrideID(Samples.uuid(7)), gate: .diagnosis, order: Samples.order,
        reason: .specialistAdvice, justification: .unreachable, role: .prescriber,
        coSigner: "dr-verdi", expiresAt: Samples.instant.adding(hours: 24),
        asked: AskedGate(
            ruleVersion: 3, severity: .hard, evidence: [EventVersion(4), EventVersion(5)],
            predicates: Samples.finding(.diagnosis, .blocked).predicates),
        patientRisk: .moderate, evidenceRef: .present("KDIGO 2026"))
    /// As it was told before it said how the gate was asked.
    private static let formerOverride = GateOverride(
        id: OverrideID(Samples.uuid(8)), gate: .atopy, order: Samples.order,
        reason: .noAlternative, justification: .erased, role: .nurse, coSigner: nil,
        expiresAt: Samples.instant.adding(hours: 24), asked: nil, patientRisk: nil,
        evidenceRef: nil)

    private static let signOff = SignOff(
        subject: .order(Samples.order), lifted: .reactionReview, reason: .clinicianReview,
        justification: .present("Reviewed with the allergist."), role: .prescriber,
        coSigner: "dr-verdi")
    /// What lifted nothing, and nobody signed second.
    private static let lightSignOff = SignOff(
        subject: .clinicalContext, lifted: nil, reason: .enteredInError,
        justification: .erased, role: .nurse, coSigner: nil)

    static var all: [PatientFact] { registration + laboratory + clinical + course + chair + after }

    private static var registration: [PatientFact] {
        [
            .patientRegistered(
                PatientRegistered(
                    patient: Samples.patient, identity: .present(Samples.identity), gender: .female,
                    site: SiteID("north"))),
            .identityCorrected(IdentityCorrected(identity: .erased, gender: .female)),
            .patientErased(.patientRequest),
        ]
    }

    private static var laboratory: [PatientFact] {
        [
            .labRecorded(
                LabResult(
                    id: Samples.lab, analyte: .ferritin, value: value, collectedAt: Samples.instant,
                    status: .final, referenceLow: 15,
                    source: SourceIdentifier(system: "urn:lab", value: "42"))),
            .labCorrected(
                LabCorrected(
                    result: Samples.lab, value: value, status: .corrected,
                    collectedAt: Samples.instant)),
            .labRetracted(LabRetracted(result: Samples.lab, reason: .wrongPatient)),
        ]
    }

    private static var clinical: [PatientFact] {
        let facts: [ClinicalFact] = [
            .infection(active: false), .pregnancy(.notPregnant), .pregnancy(.unknown),
            .pregnancy(.pregnant(estimatedDueDate: Samples.date)),
            .ironAllergy(IronAllergy(moiety: .ironDextran, serious: true)),
            .ironAllergy(IronAllergy(moiety: nil, serious: false)), .knownIronOverload(false),
            .hypophosphatemiaRisk(present: true), .cardiovascularDisease(true),
            .therapy(.chemotherapy, active: true), .deceased(false),
            .condition(.atopy, present: true), .symptom(.bonePain, present: false),
            .bleeding(.menstrual, active: true),
            .planned(.magneticResonanceImaging, on: Samples.date), .planned(.surgery, on: nil),
            .cancerInfusion(
                CancerInfusion(start: Samples.instant, end: Samples.instant, cardiotoxic: true)),
            .happened(.heartFailureAdmission, on: Samples.date),
            .happened(.heartFailureAdmission, on: nil),
            .tested(.haptoglobin, on: Samples.date), .tested(.celiacSerology, on: nil),
        ]
        return [
            .weightRecorded(Kilograms(Decimal(string: "70.10") ?? 0)),
            .heightRecorded(Centimeters(171)), .clinicalContextSet([.oncology, .general]),
        ] + facts.map { .clinicalFactRecorded($0) }
    }

    private static var course: [PatientFact] {
        [
            .infusionOrdered(
                InfusionOrder(
                    id: Samples.order, product: ProductKey("ferinject"),
                    dosingRow: DosingRowID("FCM-EU"), moiety: .ferricCarboxymaltose,
                    indication: .general, prescribed: [Milligrams(1_000), Milligrams(500)],
                    plannedTotal: Milligrams(1_500), method: .ganzoni, need: need,
                    signature: Signature(prescriber: "dr-bianchi", signedAt: Samples.instant),
                    findings: findings, formularyVersion: "2026-01")),
            .orderHeld(Samples.order, reason: .infection), .orderReleased(Samples.order),
            .gateOverridden(gateOverride), .signedOff(signOff),
            .appointmentBooked(
                Appointment(
                    id: Samples.appointment, order: Samples.order, slot: slot, findings: findings)),
            .appointmentMoved(Samples.appointment, to: slot),
            .appointmentMissed(Samples.appointment),
            .appointmentHeld(
                Appointment(
                    id: Samples.appointment, order: Samples.order, slot: slot, findings: findings),
                until: Samples.instant),
            .appointmentConfirmed(Samples.appointment, findings: findings),
            .capacityOverridden(
                Samples.appointment,
                CapacityOverride(
                    rules: [.nursePatients, .nurseStarts], reason: .extraStaff, role: .nurse)),
            .stockReserved(
                Samples.appointment,
                StockNeed(
                    product: ProductKey("injectafer"),
                    vials: [StockNeed.Vials(size: Milligrams(750), count: 1)])),
            .holdExpired(Samples.appointment), .patientArrived(Samples.appointment),
            .visitBegun(Samples.appointment),
            .visitLeft(
                VisitLeft(appointment: Samples.appointment, observedMinutes: 30, stable: true)),
            .appointmentCancelled(Samples.appointment, reason: .clinicClosure),
        ]
    }

    private static var chair: [PatientFact] {
        [
            .doseStarted(
                DoseStarted(
                    id: Samples.dose, order: Samples.order, appointment: Samples.appointment,
                    product: ProductKey("ferinject"), moiety: .ferricCarboxymaltose,
                    planned: Milligrams(1_000), localDate: Samples.date, findings: findings,
                    formularyVersion: "2026-01")),
            .reactionLogged(
                Reaction(
                    id: Samples.reaction, dose: Samples.dose, kind: .fishbane, grade: .ungraded,
                    onsetMinute: 4, deliveredAtOnset: Milligrams(120),
                    course: ReactionCourse(
                        rate: MillilitersPerHour(180), gradeScale: .ctcae5, actions: [.paused],
                        outcome: .recovering))),
            .reactionRegraded(Samples.reaction, to: .ctcae(1)),
            .dosePaused(Samples.dose, reason: .reaction),
            .doseResumed(
                DoseResumed(
                    id: Samples.dose, ratePercent: 50, isResolved: true, role: .prescriber)),
            .doseStopped(given, reason: .reaction), .doseCompleted(given),
            .chairsideChecked(
                ChairsideCheck(
                    vitals: VitalSigns(
                        systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: nil,
                        oxygenSaturation: 98, temperature: Decimal(36)), isStaffed: true,
                    hasConsent: nil)),
            .patientDischarged(Discharge(dose: Samples.dose, observedMinutes: 31, stable: true)),
        ]
    }

    private static var after: [PatientFact] {
        [
            .transfusionRecorded(
                Transfusion(id: TransfusionID(Samples.uuid(8)), units: 2)),
            .recheckOpened(Samples.opened),
            .recheckClosed(
                RecheckClosed(
                    id: RecheckID(rule: .phosphate, anchor: EventVersion(9)),
                    reason: .closedByPerson(.patientMoved), evidence: [EventVersion(9)])),
            .transfusionOrdered(
                TransfusionOrder(
                    id: OrderID(Samples.uuid(9)), units: 1, indication: .metastaticBreastCancer,
                    signature: Signature(prescriber: "dr-bianchi", signedAt: Samples.instant),
                    isIndicated: true, predicates: [Samples.predicate])),
            .transfusionOrderFilled(
                TransfusionOrderFilled(
                    order: OrderID(Samples.uuid(9)), transfusion: TransfusionID(Samples.uuid(8)),
                    appointment: nil)),
            .decisionReviewed(
                DecisionReviewed(decision: EventVersion(12), outcome: .planChanged)),
            .waitlistEntered(Samples.waitlistEntry), .waitlistChanged(Samples.waitlistEntry),
            .waitlistOffered(
                WaitlistOffer(
                    order: Samples.order, appointment: Samples.appointment, freed: nil)),
            .waitlistLeft(
                WaitlistLeft(order: Samples.order, reason: .booked(Samples.appointment))),
            .waitlistLeft(
                WaitlistLeft(order: Samples.order, reason: .withdrawnByPerson(.patientRequest))),
            .orderCancelled(Samples.order, reason: .noLongerNeeded),
            .patientMerged(
                PatientMerged(
                    patient: PatientID(Samples.uuid(10)), version: EventVersion(41))),
            .historyCarried(
                CarriedFact(
                    source: PatientID(Samples.uuid(10)), version: EventVersion(17),
                    fact: .doseCompleted(given))),
            .patientMergedInto(Samples.patient),
            .patientUnmerged(PatientID(Samples.uuid(10)), reason: .differentPersons),
            .patientUnmergedFrom(Samples.patient, reason: .enteredInError),
            .recordAttributed(
                RecordAttribution(
                    patient: Samples.patient, event: EventVersion(52), owner: .otherPatient)),
            .gateOverridden(formerOverride), .signedOff(lightSignOff),
        ]
    }
}
