import Foundation
import Infusion

/// The commands of one appointment, whose person is deficient in iron and has nothing against it.
struct ReplayedVisit {
    /// What an id is of; its number is the appointment's.
    private enum Kind: Int {
        case patient = 1
        case order, appointment, dose, result
    }

    let appointment: ReplayedAppointment
    let practice: Practice

    var patient: PatientID { PatientID(uuid(.patient)) }
    var order: OrderID { OrderID(uuid(.order)) }
    var appointmentID: AppointmentID { AppointmentID(uuid(.appointment)) }
    var dose: DoseID { DoseID(uuid(.dose)) }

    /// The same for every run.
    private func uuid(_ kind: Kind, _ index: Int = 0) -> UUID {
        let text = String(
            format: "00000000-0000-4000-8%03d-%04d%08d", kind.rawValue, index, appointment.number)
        guard let uuid = UUID(uuidString: text) else { preconditionFailure("a UUID: \(text)") }
        return uuid
    }

    func booking(at now: Instant) -> [PatientCommand] {
        [
            register, .recordMeasurements(weight: Kilograms(80), height: nil, at: now),
            context(at: now), labs(collectedAt: now, round: 1), order(signedAt: now),
            .bookAppointment(
                appointmentID, order: order,
                slot: AppointmentSlot(
                    site: Practice.site, chair: practice.chair(of: appointment),
                    start: appointment.start,
                    end: appointment.start.adding(minutes: Practice.visitMinutes))),
        ]
    }

    private var register: PatientCommand {
        let (year, _, _) = appointment.bookedOn.components
        let age = max(appointment.age, Practice.leastAge)
        guard let born = CalendarDate(year: year - age - 1, month: 7, day: 1) else {
            preconditionFailure("a date of birth")
        }
        return .registerPatient(
            RegisterPatient(
                patient: patient,
                identity: Identity(
                    name: PersonName(family: "Patient", given: ["Number \(appointment.number)"]),
                    birthDate: born,
                    identifiers: [
                        PatientIdentifier(
                            system: "urn:example:medscheduler", value: "\(appointment.number)")
                    ]),
                gender: appointment.isFemale ? .female : .male, site: Practice.site))
    }

    func context(at now: Instant) -> PatientCommand {
        var facts: [ClinicalFact] = [.infection(active: false)]
        if appointment.isFemale { facts.append(.pregnancy(.notPregnant)) }
        return .setClinicalContext([.general], facts: facts, at: now)
    }

    func labs(collectedAt: Instant, round: Int) -> PatientCommand {
        let values: [(Analyte, Decimal, String)] = [
            (.hemoglobin, 9, "g/dL"), (.ferritin, 12, "ng/mL"), (.transferrinSaturation, 8, "%"),
            (.cReactiveProtein, 2, "mg/L"),
        ]
        return .recordLabs(
            values.enumerated().map { index, value in
                LabResult(
                    id: LabResultID(uuid(.result, round * 10 + index)), analyte: value.0,
                    value: LabValue(
                        comparator: nil, reported: value.1, reportedUnit: value.2,
                        canonical: value.1),
                    collectedAt: collectedAt, status: .final, referenceLow: nil, source: nil)
            })
    }

    private func order(signedAt: Instant) -> PatientCommand {
        .orderInfusion(
            OrderInfusion(
                id: order, product: ProductKey("injectafer"), dosingRow: DosingRowID("FCM-US-2"),
                indication: .general, prescribed: [Milligrams(750), Milligrams(750)],
                method: .labelCourse, targetHemoglobin: nil, stores: nil,
                signature: Signature(prescriber: "dr-replay", signedAt: signedAt)))
    }

    func check(at now: Instant) -> PatientCommand {
        .recordChairsideCheck(
            ChairsideCheck(
                vitals: VitalSigns(
                    systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14,
                    oxygenSaturation: 98, temperature: 36),
                isStaffed: true, hasConsent: true),
            at: now)
    }

    func start(at now: Instant) -> PatientCommand {
        .startDose(
            StartDose(
                id: dose, order: order, appointment: appointmentID, planned: Milligrams(750),
                at: now))
    }

    func complete(at now: Instant) -> PatientCommand {
        .completeDose(
            EndDose(
                id: dose, given: Milligrams(750), lot: LotNumber("REPLAY"),
                expiry: appointment.date.adding(days: 365), at: now))
    }
}
