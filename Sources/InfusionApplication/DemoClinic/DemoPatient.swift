import Foundation
import Infusion

/// Writes the commands of one made-up patient's year.
struct DemoPatient {
    let index: Int
    let id: PatientID
    let site: ClinicSite
    let firstDay: CalendarDate
    var steps: [DemoStep] = []
    var random: DemoRandom
    let calendar: DemoCalendar
    let gender: AdministrativeGender
    var weight: Decimal
    /// What was last said of the patient's contexts; restated whenever something else is asked.
    private var contexts: Set<ClinicalContext> = []

    init(index: Int, site: ClinicSite, lastDay: CalendarDate, random: inout DemoRandom) {
        self.index = index
        self.site = site
        self.random = random
        id = PatientID(self.random.uuid())
        let back = Int.random(in: 20...DemoClinic.days, using: &self.random)
        firstDay = lastDay.adding(days: -back)
        calendar = DemoCalendar(zone: site.timeZone)
        gender = DemoPathway.of(index).isFemale || index.isMultiple(of: 2) ? .female : .male
        // The heart-failure table and the two-dose course have floors; the demo keeps above them.
        let lightest = DemoPathway.of(index) == .heartFailure ? 705 : 525
        weight = self.random.tenths(lightest...960)
    }

    mutating func live() {
        register()
        measure(day: 0)
        switch DemoPathway.of(index) {
        case .generalResponder: generalCourse(working: true)
        case .seemsNotToWork: generalCourse(working: false)
        case .oncology: oncology()
        case .metastaticBreastCancer: metastaticBreastCancer()
        case .heartFailure: heartFailure()
        case .hemodialysis: hemodialysis()
        case .chronicKidneyDisease: chronicKidneyDisease()
        case .pregnancy: pregnancy()
        case .bowelDisease: bowelDisease()
        case .beforeSurgery: beforeSurgery()
        }
    }

    // The building blocks of a year.

    mutating func add(
        _ day: Int, _ hour: Int, _ minute: Int = 0, command: PatientCommand
    ) {
        steps.append(
            DemoStep(
                at: calendar.instant(firstDay.adding(days: day), hour: hour, minute: minute),
                patient: id, command: command))
    }

    /// On the full hour.
    mutating func add(_ day: Int, _ hour: Int, _ command: PatientCommand) {
        add(day, hour, 0, command: command)
    }

    func at(_ day: Int, _ hour: Int, _ minute: Int = 0) -> Instant {
        calendar.instant(firstDay.adding(days: day), hour: hour, minute: minute)
    }

    private mutating func register() {
        let given = DemoNames.given[Int.random(in: 0..<DemoNames.given.count, using: &random)]
        let family = DemoNames.family[Int.random(in: 0..<DemoNames.family.count, using: &random)]
        let age = DemoPathway.of(index).ages.randomElement(using: &random) ?? 50
        let born = firstDay.adding(days: -age * 365 - Int.random(in: 0..<365, using: &random))
        add(
            0, 8, index % 60,
            command: .registerPatient(
                RegisterPatient(
                    patient: id,
                    identity: Identity(
                        name: PersonName(family: family, given: [given]), birthDate: born,
                        identifiers: [
                            PatientIdentifier(
                                system: DemoClinic.identifierSystem, value: "demo-\(index + 1)")
                        ]),
                    gender: gender, site: site.id)))
    }

    private mutating func measure(day: Int) {
        add(
            day, 9,
            .recordMeasurements(
                weight: Kilograms(weight), height: Centimeters(random.tenths(1_540...1_880)),
                at: at(day, 9)))
    }

    mutating func context(
        _ day: Int, _ contexts: Set<ClinicalContext>, _ facts: [ClinicalFact] = []
    ) {
        self.contexts = contexts
        add(day, 9, 5, command: .setClinicalContext(contexts, facts: facts, at: at(day, 9, 5)))
    }

    @discardableResult
    mutating func labs(_ day: Int, _ values: [(Analyte, Decimal)]) -> [LabResultID] {
        let collected = at(day, 9, 10)
        let results = values.map { analyte, value in
            LabResult(
                id: LabResultID(random.uuid()), analyte: analyte,
                value: LabValue(
                    comparator: nil, reported: value, reportedUnit: analyte.demoUnit,
                    canonical: value),
                collectedAt: collected, status: .final, referenceLow: nil, source: nil)
        }
        add(day, 13, .recordLabs(results))
        return results.map(\.id)
    }

    mutating func order(
        _ day: Int, product: String, row: String, indication: ClinicalContext, doses: [Decimal],
        method: NeedMethod = .labelCourse
    ) -> OrderID {
        let order = OrderID(random.uuid())
        add(
            day, 14,
            .orderInfusion(
                OrderInfusion(
                    id: order, product: ProductKey(product), dosingRow: DosingRowID(row),
                    indication: indication, prescribed: doses.map { Milligrams($0) },
                    method: method,
                    targetHemoglobin: nil, stores: nil,
                    signature: Signature(prescriber: "dr-demo", signedAt: at(day, 13, 50)))))
        return order
    }

    /// On the scales, and the questions that every visit begins with.
    private mutating func arrive(_ day: Int, _ hour: Int) {
        add(
            day, hour, 2,
            command: .recordMeasurements(
                weight: Kilograms(weight), height: nil, at: at(day, hour, 2)))
        var facts: [ClinicalFact] = [.infection(active: false)]
        if gender == .female, !contexts.contains(.pregnancy) {
            facts.append(.pregnancy(.notPregnant))
        }
        add(
            day, hour, 4,
            command: .setClinicalContext(contexts, facts: facts, at: at(day, hour, 4)))
        let vitals = VitalSigns(
            systolic: 112 + index % 24, diastolic: 68 + index % 16, heartRate: 64 + index % 20,
            respiratoryRate: 14, oxygenSaturation: 96 + index % 4, temperature: 36)
        add(
            day, hour, 6,
            command: .recordChairsideCheck(
                ChairsideCheck(vitals: vitals, isStaffed: true, hasConsent: true),
                at: at(day, hour, 6)))
    }

    /// Books, comes, receives and goes home; returns the dose.
    @discardableResult
    mutating func visit(
        _ day: Int, order: OrderID, planned: Decimal, given: Decimal? = nil,
        reaction: (ReactionKind, ReactionGrade)? = nil
    ) -> DoseID {
        let appointment = AppointmentID(random.uuid())
        let dose = DoseID(random.uuid())
        let hour = 8 + index % 8
        let slot = AppointmentSlot(
            site: site.id, chair: ChairID("chair-\(1 + index / 8 % 25)"), start: at(day, hour),
            end: at(day, hour, 59))
        add(
            day - 2, 15, index % 60,
            command: .bookAppointment(appointment, order: order, slot: slot))
        arrive(day, hour)
        add(
            day, hour, 10,
            command: .startDose(
                StartDose(
                    id: dose, order: order, appointment: appointment, planned: Milligrams(planned),
                    at: at(day, hour, 10))))
        if let reaction {
            add(
                day, hour, 18,
                command: .logReaction(
                    Reaction(
                        id: ReactionID(random.uuid()), dose: dose, kind: reaction.0,
                        grade: reaction.1, onsetMinute: 8, deliveredAtOnset: Milligrams(planned / 4)
                    ),
                    at: at(day, hour, 18)))
        }
        let end = EndDose(
            id: dose, given: Milligrams(given ?? planned), lot: LotNumber("L\(1_000 + index)"),
            expiry: firstDay.adding(days: 700), at: at(day, hour, 28))
        add(
            day, hour, 28,
            command: given == nil ? .completeDose(end) : .stopDose(end, reason: .clinicianDecision))
        add(day, hour, 59, command: .dischargePatient(dose, stable: true, at: at(day, hour, 59)))
        return dose
    }
}

extension Analyte {
    /// The canonical unit that the demo's results come in.
    var demoUnit: String {
        switch self {
        case .hemoglobin: "g/dL"
        case .hematocrit, .transferrinSaturation: "%"
        case .meanCorpuscularVolume: "fL"
        case .ferritin, .folate: "ng/mL"
        case .iron, .totalIronBindingCapacity: "ug/dL"
        case .transferrin, .phosphate, .creatinine: "mg/dL"
        case .cReactiveProtein: "mg/L"
        case .vitaminB12: "pg/mL"
        case .estimatedGlomerularFiltrationRate: "mL/min/{1.73_m2}"
        case .reticulocyteHemoglobin: "pg"
        }
    }
}
