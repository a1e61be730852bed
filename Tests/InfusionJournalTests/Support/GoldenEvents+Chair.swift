import Foundation
import Infusion

extension GoldenEvents {
    private static let slot = AppointmentSlot(
        site: SiteID("milano-1"), chair: ChairID("Poltrona 3"), start: instant(0), end: instant(60))

    private static let given = DoseGiven(
        id: id(7), given: Milligrams(decimal("412.5")), lot: LotNumber("LOT 8/A"),
        expiry: date("2028-02-29"), localDate: date("2026-11-20"))

    private static func started(_ appointment: AppointmentID?, _ findings: [Finding]) -> PatientFact
    {
        .doseStarted(
            DoseStarted(
                id: id(7), order: id(4), appointment: appointment, product: ProductKey("ferinject"),
                moiety: .ferricCarboxymaltose, planned: Milligrams(1_000),
                localDate: date("2026-11-20"),
                findings: findings, formularyVersion: "2026.1"))
    }

    static let chair: [(name: String, fact: PatientFact)] = [
        (
            "appointment-booked.v1",
            .appointmentBooked(Appointment(id: id(6), order: id(4), slot: slot, findings: findings))
        ),
        ("appointment-moved.v1", .appointmentMoved(id(6), to: slot)),
        ("appointment-cancelled.v1", .appointmentCancelled(id(6), reason: .staffShortage)),
        ("appointment-missed.v1", .appointmentMissed(id(6))),
        (
            "appointment-held.v1",
            .appointmentHeld(
                Appointment(id: id(6), order: id(4), slot: slot, findings: findings),
                until: slot.start)
        ),
        ("appointment-confirmed.v1", .appointmentConfirmed(id(6), findings: findings)),
        ("hold-expired.v1", .holdExpired(id(6))),
        (
            "capacity-overridden.v1",
            .capacityOverridden(
                id(6),
                CapacityOverride(
                    rules: [.nurseStarts, .lastStart], reason: .staffAgreed, role: .nurse))
        ),
        (
            "stock-reserved.v1",
            .stockReserved(
                id(6),
                StockNeed(
                    product: ProductKey("injectafer"),
                    vials: [
                        StockNeed.Vials(size: Milligrams(750), count: 1),
                        StockNeed.Vials(size: Milligrams(decimal("62.5")), count: 2),
                    ]))
        ),
        ("patient-arrived.v1", .patientArrived(id(6))),
        ("visit-begun.v1", .visitBegun(id(6))),
        (
            "visit-left.v1",
            .visitLeft(VisitLeft(appointment: id(6), observedMinutes: 30, stable: true))
        ),
        (
            "visit-left.v1-nothing-given",
            .visitLeft(VisitLeft(appointment: id(6), observedMinutes: nil, stable: true))
        ),
        ("dose-started.v1", started(id(6), findings)),
        ("dose-started.v1-minimal", started(nil, [])),
        ("dose-paused.v1", .dosePaused(id(7), reason: .reaction)),
        (
            "dose-resumed.v1",
            .doseResumed(
                DoseResumed(id: id(7), ratePercent: 50, isResolved: true, role: .prescriber))
        ),
        ("dose-completed.v1", .doseCompleted(given)),
        ("dose-stopped.v1", .doseStopped(given, reason: .extravasation)),
        (
            "reaction-logged.v2",
            reactionLogged(
                course: ReactionCourse(
                    rate: MillilitersPerHour(180), gradeScale: .ctcae5,
                    actions: [.paused, .treated], outcome: .resolved))
        ),
        (
            "reaction-logged.v2-minimal", minimalReaction
        ),
        ("reaction-regraded.v1", .reactionRegraded(id(8), to: .ctcae(3))),
        (
            "chairside-checked.v1",
            .chairsideChecked(
                ChairsideCheck(
                    vitals: VitalSigns(
                        systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: nil,
                        oxygenSaturation: 98, temperature: decimal("36.6")), isStaffed: true,
                    hasConsent: true))
        ),
        (
            "chairside-checked.v1-consent",
            .chairsideChecked(
                ChairsideCheck(vitals: nil, isStaffed: nil, hasConsent: false))
        ),
        (
            "patient-discharged.v1",
            .patientDischarged(Discharge(dose: id(7), observedMinutes: 30, stable: true))
        ),
    ]

    static func reactionLogged(course: ReactionCourse = .untold) -> PatientFact {
        .reactionLogged(
            Reaction(
                id: id(8), dose: id(7), kind: .fishbane, grade: .ctcae(1), onsetMinute: 6,
                deliveredAtOnset: Milligrams(decimal("412.5")), course: course))
    }

    static let minimalReaction = PatientFact.reactionLogged(
        Reaction(
            id: id(8), dose: id(7), kind: .anaphylaxis, grade: .ungraded, onsetMinute: nil,
            deliveredAtOnset: nil))
}
