import Foundation
import Infusion
import Testing

/// The acts of the tests, in the words of the clinic. Numbers name things: order 1, dose 1, result
/// 1.
enum Act {
    static let person = Identity(
        name: PersonName(family: "Rossi", given: ["Ada"]), birthDate: date("1970-05-17"),
        identifiers: [PatientIdentifier(system: "urn:clinic", value: "A-1")])

    /// Stable vital signs, staff, consent.
    static let check = ChairsideCheck(
        vitals: VitalSigns(
            systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: 14,
            oxygenSaturation: 98, temperature: 36), isStaffed: true, hasConsent: true)

    static func register(
        _ gender: AdministrativeGender = .male, born: String = "1970-05-17",
        patient: PatientID = id(1)
    ) -> PatientCommand {
        .registerPatient(
            RegisterPatient(
                patient: patient,
                identity: Identity(
                    name: person.name, birthDate: date(born), identifiers: person.identifiers),
                gender: gender, site: SiteID("north")))
    }

    static func result(
        _ number: UInt64, _ analyte: Analyte, _ value: Decimal, _ collected: Instant,
        comparator: Infusion.Comparator? = nil, status: ResultStatus = .final, low: Decimal? = nil,
        source: SourceIdentifier? = nil
    ) -> LabResult {
        LabResult(
            id: id(number), analyte: analyte, value: value.of(analyte, comparator),
            collectedAt: collected, status: status, referenceLow: low, source: source)
    }

    static func order(
        _ number: UInt64 = 1, product: String = "injectafer", row: String = "FCM-US-2",
        indication: ClinicalContext = .general, prescribed: [Decimal] = [750, 750],
        method: NeedMethod = .labelCourse, target: Decimal? = nil, stores: Decimal? = nil,
        bloodLoss: BloodLoss? = nil, whyIntravenous: IntravenousReason? = nil, signed: Instant
    ) -> PatientCommand {
        .orderInfusion(
            OrderInfusion(
                id: id(number), product: ProductKey(product), dosingRow: DosingRowID(row),
                indication: indication, prescribed: prescribed.map { Milligrams($0) },
                method: method,
                targetHemoglobin: target.map { GramsPerDeciliter($0) },
                stores: stores.map { Milligrams($0) }, bloodLoss: bloodLoss,
                whyIntravenous: whyIntravenous,
                signature: Signature(prescriber: "Dr Bianchi", signedAt: signed)))
    }

    static func start(
        _ number: UInt64, order: UInt64 = 1, _ planned: Decimal, at: Instant,
        appointment: UInt64? = nil
    ) -> PatientCommand {
        .startDose(
            StartDose(
                id: id(number), order: id(order), appointment: appointment.map { id($0) },
                planned: Milligrams(planned), at: at))
    }

    static func end(
        _ number: UInt64, _ given: Decimal, at: Instant, lot: String = "LOT-7",
        expiry: String = "2031-12-31"
    ) -> EndDose {
        EndDose(
            id: id(number), given: Milligrams(given), lot: LotNumber(lot), expiry: date(expiry),
            at: at)
    }

    static func reaction(
        _ number: UInt64, dose: UInt64 = 1, _ kind: ReactionKind, _ grade: ReactionGrade
    ) -> Reaction {
        Reaction(
            id: id(number), dose: id(dose), kind: kind, grade: grade, onsetMinute: 4,
            deliveredAtOnset: nil)
    }

    static func override(
        _ number: UInt64, _ gate: Gate, order: UInt64 = 1, role: ClinicalRole = .prescriber,
        coSigner: String? = "Dr Verdi", justification: String = "benefit discussed with patient",
        patientRisk: PatientRisk? = nil, evidenceRef: String? = nil, at: Instant? = nil,
        dose: Decimal? = nil, until: Instant
    ) -> PatientCommand {
        .overrideGate(
            OverrideGate(
                id: id(number), gate: gate, order: id(order), reason: .benefitOutweighsRisk,
                justification: justification, role: role, coSigner: coSigner, expiresAt: until,
                patientRisk: patientRisk, evidenceRef: evidenceRef, at: at,
                dose: dose.map { Milligrams($0) }))
    }

    static func signOff(
        by role: ClinicalRole = .prescriber, coSigner: String? = "Dr Verdi",
        reason: SignOffReason = .clinicianReview,
        justification: String = "reviewed with the allergist"
    ) -> GivenSignOff {
        GivenSignOff(
            reason: reason, justification: justification, role: role, coSigner: coSigner)
    }

    static func slot(_ start: Instant, minutes: Int64 = 90) -> AppointmentSlot {
        AppointmentSlot(
            site: SiteID("north"), chair: ChairID("3"), start: start,
            end: start.adding(minutes: minutes))
    }
}

extension Decimal {
    func of(_ analyte: Analyte, _ comparator: Infusion.Comparator? = nil) -> LabValue {
        do {
            return try LabReading.make(
                analyte: analyte, value: self, comparator: comparator, unit: analyte.canonicalUnit
            ).value
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

extension Story {
    mutating func register(
        _ gender: AdministrativeGender = .male, born: String = "1970-05-17", on day: String
    ) {
        does(Act.register(gender, born: born, patient: patientID), at: "\(day) 07:00")
    }

    @discardableResult
    mutating func lab(
        _ analyte: Analyte, _ value: Decimal, on day: String,
        comparator: Infusion.Comparator? = nil,
        status: ResultStatus = .final, low: Decimal? = nil, recorded: String? = nil
    ) -> LabResultID {
        let number: LabResultID = freshID()
        let time = day.contains(" ") ? day : "\(day) 08:00"
        let result = LabResult(
            id: number, analyte: analyte, value: value.of(analyte, comparator),
            collectedAt: clinic.at(time), status: status, referenceLow: low, source: nil)
        does(.recordLabs([result]), at: recorded ?? time)
        return number
    }

    /// What a first diagnosis needs: anaemic, ferritin 12, saturation 8.
    mutating func diagnosed(on day: String, hemoglobin: Decimal = 9, ferritin: Decimal = 12) {
        lab(.hemoglobin, hemoglobin, on: day)
        lab(.ferritin, ferritin, on: day)
        lab(.transferrinSaturation, 8, on: day)
        lab(.cReactiveProtein, 2, on: day)
    }

    mutating func weighs(_ kilograms: Decimal, on day: String) {
        does(
            .recordMeasurements(
                weight: Kilograms(kilograms), height: nil, at: clinic.at("\(day) 08:00")),
            at: "\(day) 08:00")
    }

    mutating func has(
        _ contexts: Set<ClinicalContext> = [.general], _ facts: [ClinicalFact] = [], on day: String
    ) {
        does(
            .setClinicalContext(contexts, facts: facts, at: clinic.at("\(day) 08:00")),
            at: "\(day) 08:00")
    }

    mutating func noInfection(on day: String) {
        has(
            state.contexts.latest?.value ?? [.general], [.infection(active: false)], on: day)
    }

    /// A man of 55 with iron-deficiency anaemia, 80 kg, not infected, known to the clinic on `day`.
    mutating func patient(
        _ gender: AdministrativeGender = .male, _ contexts: Set<ClinicalContext> = [.general],
        facts: [ClinicalFact] = [], weight: Decimal = 80, hemoglobin: Decimal = 9, on day: String
    ) {
        register(gender, on: day)
        has(contexts, [.infection(active: false)] + facts, on: day)
        weighs(weight, on: day)
        diagnosed(on: day, hemoglobin: hemoglobin)
    }

    mutating func ordered(
        _ number: UInt64 = 1, product: String = "injectafer", row: String = "FCM-US-2",
        indication: ClinicalContext = .general, prescribed: [Decimal] = [750, 750],
        method: NeedMethod = .labelCourse, whyIntravenous: IntravenousReason? = nil,
        on day: String
    ) {
        does(
            Act.order(
                number, product: product, row: row, indication: indication, prescribed: prescribed,
                method: method, whyIntravenous: whyIntravenous, signed: clinic.at("\(day) 09:00")),
            at: "\(day) 09:00")
    }

    /// Started at 10:00 and given in full by 10:30, infection asked about that morning.
    mutating func dose(_ number: UInt64, order: UInt64 = 1, _ amount: Decimal, on day: String) {
        noInfection(on: day)
        does(
            Act.start(number, order: order, amount, at: clinic.at("\(day) 10:00")),
            at: "\(day) 10:00")
        does(
            .completeDose(Act.end(number, amount, at: clinic.at("\(day) 10:30"))),
            at: "\(day) 10:30")
    }
}
