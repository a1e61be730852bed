import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionProjections

/// One patient's story, small and complete enough to show every part of every answer.
enum Samples {
    static let tenantText = "019c0000-0000-7000-8000-00000000aaaa"
    static let tenant = TenantID(uuid(0xAAAA))
    static let patient = PatientID(uuid(1))
    static let order = OrderID(uuid(2))
    static let dose = DoseID(uuid(3))
    static let lab = LabResultID(uuid(4))
    static let appointment = AppointmentID(uuid(5))
    static let reaction = ReactionID(uuid(6))
    static let position = Position(4_711)
    static let date = CalendarDate(dayNumber: 20_513)
    static let instant = Instant(microsecondsSinceUnixEpoch: 1_772_443_800_000_000)
    static let recheck = RecheckID(rule: .hemoglobinResponse, anchor: EventVersion(17))

    static func uuid(_ number: UInt16) -> UUID {
        let text = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - text.count) + text
        return UUID(uuidString: "019c0000-0000-7000-8000-\(padded)") ?? UUID()
    }

    static func receipt(version: Int64) -> CommandReceipt {
        CommandReceipt(
            patient: patient, version: StreamVersion(version),
            positions: Position(4_711)...Position(4_711), position: position,
            events: ["weight-recorded"], unfit: UnfitVisits(total: 1, named: unfitVisits),
            shutGates: [finding(.diagnosis, .blocked)],
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: 1_772_443_800_123_456),
            replayed: false)
    }

    static func receipt(_ receipt: CommandReceipt, replayed: Bool) -> CommandReceipt {
        CommandReceipt(
            patient: receipt.patient, version: receipt.version, positions: receipt.positions,
            position: receipt.position, events: receipt.events, unfit: receipt.unfit,
            shutGates: receipt.shutGates, recordedAt: receipt.recordedAt, replayed: replayed)
    }

    static var unfitVisits: [UnfitVisit] {
        let slot = AppointmentSlot(
            site: SiteID("north"), chair: ChairID("chair-3"), start: instant,
            end: instant.adding(minutes: 45))
        return LocalTime("2026-03-02T10:30").map {
            [
                UnfitVisit(
                    appointment: appointment, slot: slot, start: $0, reason: .visitTooShort,
                    gates: [.interval])
            ]
        } ?? []
    }

    static let predicate = Predicate(
        name: "ferritin", value: "11.5", unit: "ng/mL", comparison: "<", threshold: "30",
        holds: true, source: "a guideline", evidence: [EventVersion(3)])

    static func finding(_ gate: Gate, _ verdict: Verdict) -> Finding {
        Finding(
            gate: gate, ruleVersion: 1, severity: .hard, verdict: verdict, predicates: [predicate],
            nextStep: verdict == .blocked ? "order-labs" : nil,
            passesFrom: verdict == .blocked ? date : nil)
    }

    /// A ferritin just below its threshold.
    static let change = WouldChange.fact(
        NewFact(
            .result, "ferritin", "29", unit: "ng/mL", "<", "30", analytes: [.ferritin], on: date))

    static var plan: OrderPlan {
        OrderPlan(
            order: InfusionOrder(
                id: order, product: ProductKey("injectafer"), dosingRow: DosingRowID("FCM-US-2"),
                moiety: .ferricCarboxymaltose, indication: .general,
                prescribed: [Milligrams(750), Milligrams(750)], plannedTotal: Milligrams(1_500),
                method: .labelCourse, need: nil, whyIntravenous: .oralNotEnough,
                signature: Signature(prescriber: "Dr Bianchi", signedAt: instant), findings: [],
                formularyVersion: "1"),
            placedBy: EventVersion(9), inputs: [predicate], given: Milligrams(750),
            remaining: Milligrams(750), status: .active,
            further: [
                OrderPlan.FurtherDose(
                    number: 2, prescribed: Milligrams(750), atMost: nil, making: nil,
                    earliest: date),
                OrderPlan.FurtherDose(
                    number: 3, prescribed: Milligrams(750), atMost: Milligrams(750),
                    making: making, earliest: date),
                OrderPlan.FurtherDose(
                    number: 4, prescribed: Milligrams(50), atMost: Milligrams(750),
                    making: impossibleMaking, earliest: date),
            ], again: nil, inputsNow: [], wouldChange: .nothing(.never))
    }

    static var assessment: ResponseAssessment? {
        ResponseAssessment(
            order: order, lastDose: date, days: 45, level: .nonResponder, isProvisional: false,
            isEarlyTrend: false, isIronReplete: nil, predicates: [predicate],
            verdicts: [
                ResponseVerdict(
                    cause: .inadequateDose, predicates: [predicate],
                    nextStep: "complete-the-iron-within-caps", proposesIron: true)
            ], missing: [.ferritin], missingTests: [.peripheralSmear])
    }

    /// An order that read a ferritin of 11.5 which was corrected to 115; its product is in no formulary
    /// of today, so that it cannot be asked again.
    static var reviews: [DecisionReview] {
        func ferritin(_ value: Decimal) -> LabValue {
            LabValue(comparator: nil, reported: value, reportedUnit: "ng/mL", canonical: value)
        }
        let facts: [PatientFact] = [
            .weightRecorded(Kilograms(70)), .heightRecorded(Centimeters(171)),
            .labRecorded(
                LabResult(
                    id: lab, analyte: .ferritin, value: ferritin(11.5), collectedAt: instant,
                    status: .final, referenceLow: nil, source: nil)),
            .infusionOrdered(
                InfusionOrder(
                    id: order, product: ProductKey("ferinject"), dosingRow: DosingRowID("FCM-EU"),
                    moiety: .ferricCarboxymaltose, indication: .general,
                    prescribed: [Milligrams(1_000)], plannedTotal: Milligrams(1_000),
                    method: .simplifiedTable, need: nil,
                    signature: Signature(prescriber: "dr-bianchi", signedAt: instant),
                    findings: [finding(.diagnosis, .passed)], formularyVersion: "2026-01")),
            .labCorrected(
                LabCorrected(
                    result: lab, value: ferritin(115), status: .corrected, collectedAt: instant)),
        ]
        return DecisionReview.open(
            of: PatientState.fold(facts.map { PatientEvent(effectiveAt: instant, fact: $0) }),
            in: DecisionContext(
                now: instant,
                site: SiteSettings(
                    site: SiteID("north"), timeZone: .gmt, region: .eu, policy: .standard),
                formulary: Formulary(
                    version: "1", products: [], rows: [], preparations: [],
                    needs: Formulary.standard.needs)))
    }

    static let identity = Identity(
        name: PersonName(family: "Rossi", given: ["Giulia"]),
        birthDate: CalendarDate(dayNumber: 5_000),
        identifiers: [PatientIdentifier(system: "urn:oid:1.2.3", value: "RSSGLI84E57H501X")])

    static let row = RecheckQueueRow(
        patient: patient, recheck: recheck, site: SiteID("north"), ruleVersion: 1,
        reason: "response-after-course", tests: [.ferritin, .hemoglobin],
        earliest: date.adding(days: -14), due: date, overdueAfter: date.adding(days: 14),
        urgency: .routine, opened: Position(4_700), closed: nil, closedReason: nil,
        evidence: [Position(4_680), Position(4_699)])

    static let opened = RecheckOpened(
        id: recheck, ruleVersion: 1, tests: [.hemoglobin, .ferritin],
        earliest: date.adding(days: -14), due: date, overdueAfter: date.adding(days: 14),
        urgency: .routine, reason: "response-after-course", predicates: [predicate],
        evidence: [EventVersion(15)])

    static var explanation: RecheckExplanation {
        RecheckExplanation(
            row: row, opened: opened, openedBy: entry(.recheckOpened(opened), version: 18),
            evidence: [entry(.weightRecorded(Kilograms(70)), version: 15)],
            wouldChange: .nothing(.noSingleFact), position: position)
    }

    static func entry(_ fact: PatientFact, version: Int64) -> TimelineEntry {
        TimelineEntry(
            recorded: recorded(version: version),
            event: PatientEvent(effectiveAt: instant, fact: fact))
    }

    static func recorded(
        version: Int64, position: Int64? = nil, epoch: Int32 = 1
    ) -> RecordedEvent {
        RecordedEvent(
            tenant: tenant, position: Position(position ?? 4_000 + version),
            stream: StreamID(category: "patient", uuid: patient.uuid),
            version: StreamVersion(version), commandID: CommandID(uuid(0xC0)),
            data: EventData(
                type: "weight-recorded", payloadVersion: 1,
                payload: Array(#"{"weight":"70.10","note":"line\nbreak"}"#.utf8),
                effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 1_772_443_800_000_000)),
            metadata: EventMetadata(
                actor: "nurse-7", correlationID: uuid(0xCC), causation: nil, ruleSet: "1"),
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: 1_772_443_801_000_001),
            logEpoch: epoch)
    }

    /// Every kind of event, in an order that could have been.
    static var timeline: [TimelineEntry] {
        SampleFacts.all.enumerated().map { entry($1, version: Int64($0) + 1) }
    }

    static var view: PatientView {
        let decider = PatientDecider()
        let state = SampleFacts.all.reduce(decider.initialState) { state, fact in
            decider.evolve(state, PatientEvent(effectiveAt: instant, fact: fact))
        }
        return PatientView(
            id: patient, identity: .present(identity), state: state,
            ironStatus: [
                IronStatus.classify(
                    IronStatusInput(
                        context: .general, ferritin: IronMarker(9), saturation: IronMarker(7)),
                    by: .standard)
            ],
            version: StreamVersion(Int64(SampleFacts.all.count)), position: position)
    }
}
