import ArgumentParser
import Foundation
import Infusion
import InfusionKnowledge

/// A man with iron deficiency who has his blood looked at every week and a gram of iron twice a year, decided
/// by the rules from his registration on. He ends on a day on which he may have the next gram.
struct LongHistory {
    private static let weeksFromCourseToCourse = 26
    private static let (site, zone) = (SiteID("bench"), "Europe/Rome")
    private static let dose = Milligrams(1_000)

    private(set) var state = PatientState()
    private let decider = PatientDecider()
    private var now: Instant
    private var events = 0
    private var ids: UInt64 = 0
    private var course = OrderID(UUID())

    /// - Parameter wanted: Events that the history has at least.
    init(events wanted: Int) throws {
        guard let monday = CalendarDate("2016-01-04"), let birthDate = CalendarDate("1970-05-17")
        else { throw ValidationError("not a date") }
        now = Instant(microsecondsSinceUnixEpoch: Int64(monday.dayNumber) * 86_400_000_000)
            .adding(minutes: 9 * 60)
        try does(
            .registerPatient(
                RegisterPatient(
                    patient: PatientID(nextID()),
                    identity: Identity(
                        name: PersonName(family: "Long", given: ["History"]), birthDate: birthDate,
                        identifiers: [PatientIdentifier(system: "urn:bench", value: "1")]),
                    gender: .male, site: Self.site)))
        var week = 0
        while true {
            let isCourse = week % Self.weeksFromCourseToCourse == 0
            try isSeen(isLow: isCourse)
            if isCourse {
                if events >= wanted { break }
                try does(order())
                try does(start())
                now = now.adding(minutes: 30)
                try does(.completeDose(given()))
            }
            now = now.adding(minutes: 7 * 24 * 60)
            week += 1
        }
    }

    var context: DecisionContext {
        get throws {
            guard let zone = TimeZone(identifier: Self.zone) else {
                throw ValidationError("no zone")
            }
            return DecisionContext(
                now: now,
                site: SiteSettings(
                    site: Self.site, timeZone: zone, region: .us,
                    policy: .standard),
                formulary: .standard)
        }
    }

    mutating func order() -> PatientCommand {
        course = OrderID(nextID())
        return .orderInfusion(
            OrderInfusion(
                id: course, product: ProductKey("monoferric"), dosingRow: DosingRowID("FDI-US"),
                indication: .general, prescribed: [Self.dose], method: .labelCourse,
                targetHemoglobin: nil, stores: nil,
                signature: Signature(prescriber: "Dr Bianchi", signedAt: now)))
    }

    mutating func start() -> PatientCommand {
        .startDose(
            StartDose(
                id: DoseID(nextID()), order: course, appointment: nil, planned: Self.dose, at: now))
    }

    mutating func does(_ command: PatientCommand) throws {
        let caused = try decider.decide(command, given: state, in: try context)
        for event in caused { state = decider.evolve(state, event) }
        events += caused.count
    }

    private func given() -> EndDose {
        guard let running = state.doses.last, let expiry = CalendarDate("2049-12-31") else {
            preconditionFailure("nothing is running")
        }
        return EndDose(
            id: running.id, given: Self.dose, lot: LotNumber("LOT-7"), expiry: expiry, at: now)
    }

    /// Looked at on arrival, weighed, asked about infection, blood drawn and resulted.
    private mutating func isSeen(isLow: Bool) throws {
        try does(
            .recordChairsideCheck(
                ChairsideCheck(
                    vitals: VitalSigns(
                        systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14,
                        oxygenSaturation: 98, temperature: 36), isStaffed: true, hasConsent: true),
                at: now))
        try does(.recordMeasurements(weight: Kilograms(80), height: nil, at: now))
        try does(.setClinicalContext([.general], facts: [.infection(active: false)], at: now))
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, isLow ? 10 : 14), (.ferritin, isLow ? 12 : 150),
            (.transferrinSaturation, isLow ? 8 : 30), (.cReactiveProtein, 2),
        ]
        try does(
            .recordLabs(
                try values.map { analyte, value in
                    LabResult(
                        id: LabResultID(nextID()), analyte: analyte,
                        value: try LabReading.make(
                            analyte: analyte, value: value, comparator: nil,
                            unit: analyte.canonicalUnit
                        ).value,
                        collectedAt: now, status: .final, referenceLow: nil, source: nil)
                }))
    }

    private mutating func nextID() -> UUID {
        ids += 1
        return UUID(
            uuid: (
                0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, UInt8(ids >> 8), UInt8(ids & 0xff)
            ))
    }
}
