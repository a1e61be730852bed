import Foundation
import Infusion
import InfusionProjections

/// Hand-made histories: exactly what a test is about, decided by nobody.
struct History {
    let patient = PatientID(uuid(1))
    private(set) var events: [PatientEvent] = []
    private var nextID: UInt64 = 100

    var state: PatientState { PatientState.fold(events) }

    init(site: String = "north") {
        add(
            .patientRegistered(
                PatientRegistered(
                    patient: patient, identity: .erased, gender: .female, site: SiteID(site))),
            at: "2026-01-01T08:00")
    }

    mutating func add(_ fact: PatientFact, at time: String) {
        events.append(PatientEvent(effectiveAt: instant(time), fact: fact))
    }

    mutating func hemoglobin(
        _ value: String, at time: String, comparator: Infusion.Comparator? = nil,
        status: ResultStatus = .final
    ) -> LabResultID {
        nextID += 1
        let id = LabResultID(uuid(nextID))
        let number = decimal(value)
        add(
            .labRecorded(
                LabResult(
                    id: id, analyte: .hemoglobin,
                    value: LabValue(
                        comparator: comparator, reported: number, reportedUnit: "g/dL",
                        canonical: number),
                    collectedAt: instant(time), status: status, referenceLow: nil, source: nil)),
            at: time)
        return id
    }

    mutating func order(
        _ number: UInt64, product: String = "injectafer",
        whyIntravenous: IntravenousReason? = nil, at time: String
    ) {
        add(
            .infusionOrdered(
                InfusionOrder(
                    id: OrderID(uuid(number)), product: ProductKey(product),
                    dosingRow: DosingRowID("FCM-US-2"), moiety: .ferricCarboxymaltose,
                    indication: .general, prescribed: [Milligrams(750), Milligrams(750)],
                    plannedTotal: Milligrams(1_500), method: .labelCourse, need: nil,
                    whyIntravenous: whyIntravenous,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: instant(time)),
                    findings: [], formularyVersion: "test")), at: time)
    }

    mutating func start(
        _ number: UInt64, order: UInt64, product: String = "injectafer", at time: String,
        appointment: UInt64? = nil
    ) {
        add(
            .doseStarted(
                DoseStarted(
                    id: DoseID(uuid(number)), order: OrderID(uuid(order)),
                    appointment: appointment.map { AppointmentID(uuid($0)) },
                    product: ProductKey(product), moiety: .ferricCarboxymaltose,
                    planned: Milligrams(750), localDate: date(time), findings: [],
                    formularyVersion: "test")), at: time)
    }

    mutating func end(_ number: UInt64, _ given: String, at time: String, stopped: Bool = false) {
        let given = DoseGiven(
            id: DoseID(uuid(number)), given: Milligrams(decimal(given)), lot: LotNumber("L-1"),
            expiry: CalendarDate(dayNumber: 30_000), localDate: date(time))
        add(stopped ? .doseStopped(given, reason: .reaction) : .doseCompleted(given), at: time)
    }

    mutating func react(_ number: UInt64, to dose: UInt64, _ grade: ReactionGrade, at time: String)
    {
        add(
            .reactionLogged(
                Reaction(
                    id: ReactionID(uuid(number)), dose: DoseID(uuid(dose)),
                    kind: .urticariaPruritus,
                    grade: grade, onsetMinute: nil, deliveredAtOnset: nil)), at: time)
    }
}

func uuid(_ number: UInt64) -> UUID {
    let digits = String(number, radix: 16)
    let text = String(repeating: "0", count: 12 - digits.count) + digits
    guard let uuid = UUID(uuidString: "00000000-0000-4000-8000-\(text)") else {
        preconditionFailure("no UUID of \(number)")
    }
    return uuid
}

func decimal(_ text: String) -> Decimal {
    guard let value = Decimal(string: text) else { preconditionFailure("no decimal: \(text)") }
    return value
}

func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(String(text.prefix(10))) else {
        preconditionFailure("no date: \(text)")
    }
    return date
}

/// `2026-01-31T14:30`, in UTC.
func instant(_ text: String) -> Instant {
    let time = text.dropFirst(11).split(separator: ":").compactMap { Int64($0) }
    return Instant(microsecondsSinceUnixEpoch: Int64(date(text).dayNumber) * 86_400_000_000)
        .adding(minutes: time[0] * 60 + time[1])
}
