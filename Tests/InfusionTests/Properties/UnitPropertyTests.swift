import Foundation
import Infusion
import Testing

/// Two clinics that tell the same amounts, one in the units of the rules, the other in whatever
/// other accepted unit says exactly as much.
@Suite struct `Units of entry, whatever happens` {
    @Test func `the unit a result came in changes no decision`() throws {
        var told: [String: Int] = [:]
        var tally = HistoryTally()
        for seed in Histories.seeds {
            var history = RandomHistory(seed: seed)
            var random = SplitMix64(seed: seed &+ 5)
            var state = PatientState()
            for step in 0..<Histories.steps {
                let attempt = history.attempt()
                let command = retold(attempt.command, in: state, &random, &told)
                let result = Result { () throws(Refusal) in
                    try PatientDecider().decide(command, given: state, in: attempt.context)
                }
                for event in (try? result.get()) ?? [] { state.apply(event) }
                #expect(
                    result.map { $0.map(\.withoutUnit) }
                        == attempt.result.map { $0.map(\.withoutUnit) },
                    "seed \(seed), step \(step)")
                tally.count(attempt)
            }
        }
        expectDepth("units", told, atLeast: HistoryDemands.units)
        tally.expectDoses()
    }

    @Test(arguments: [("176.4", "[lb_av]", "80.013694068"), ("80250", "g", "80.250")])
    func `a weight in pounds or grams orders and doses as in kilograms`(
        _ value: String, _ unit: String, _ kilograms: String
    ) throws {
        let told = try BodyMeasure.weight(decimal(value), unit: unit)
        let same = try BodyMeasure.weight(decimal(kilograms), unit: "kg")
        #expect(course(told).events == course(same).events)
        #expect(course(told).state.doses.count == 1)
    }

    @Test(arguments: [("70", "[in_i]", "177.8"), ("1.78", "m", "178")])
    func `a height in inches or meters plans as in centimeters`(
        _ value: String, _ unit: String, _ centimeters: String
    ) throws {
        let told = try BodyMeasure.height(decimal(value), unit: unit)
        let same = try BodyMeasure.height(decimal(centimeters), unit: "cm")
        #expect(course(Kilograms(120), told).events == course(Kilograms(120), same).events)
    }

    /// By Ganzoni, which reads weight and height, and by a row in milligrams per kilogram.
    private func course(_ weight: Kilograms, _ height: Centimeters? = nil) -> Story {
        given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.does(
                .recordMeasurements(
                    weight: weight, height: height, at: story.clinic.at("2026-03-02 08:00")),
                at: "2026-03-02 08:00")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000], method: .ganzoni,
                on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
        }
    }

    private func retold(
        _ command: PatientCommand, in state: PatientState, _ random: inout SplitMix64,
        _ told: inout [String: Int]
    ) -> PatientCommand {
        switch command {
        case .recordLabs(let results):
            return .recordLabs(
                results.map { result in
                    LabResult(
                        id: result.id, analyte: result.analyte,
                        value: retold(result.value, of: result.analyte, &random, &told),
                        collectedAt: result.collectedAt, status: result.status,
                        referenceLow: result.referenceLow, source: result.source)
                })
        case .correctLab(let correction):
            guard let analyte = state.lab(correction.result)?.analyte else { return command }
            return .correctLab(
                LabCorrected(
                    result: correction.result,
                    value: retold(correction.value, of: analyte, &random, &told),
                    status: correction.status, collectedAt: correction.collectedAt))
        case .registerPatient, .correctIdentity, .retractLab, .recordMeasurements,
            .setClinicalContext, .orderInfusion, .holdOrder, .releaseOrder, .cancelOrder,
            .bookAppointment, .moveAppointment, .cancelAppointment, .recordNoShow, .holdAppointment,
            .confirmAppointment, .expireHold, .enterWaitlist, .changeWaitlist, .leaveWaitlist,
            .offerVisit, .declineOffer, .recordArrival, .beginVisit, .leaveVisit, .startDose,
            .pauseDose, .resumeDose, .completeDose, .stopDose, .logReaction, .regradeReaction,
            .dischargePatient,
            .recordTransfusion, .overrideGate, .closeRecheck, .recordChairsideCheck,
            .reviewDecision, .orderTransfusion, .erasePatient, .mergePatients, .unmergePatients,
            .attributeRecord:
            return command
        }
    }

    /// The same amount in another unit, where one says exactly as much.
    private func retold(
        _ value: LabValue, of analyte: Analyte, _ random: inout SplitMix64,
        _ told: inout [String: Int]
    ) -> LabValue {
        guard let other = factors[analyte].map({ random.pick($0) }) else { return value }
        var quotient = value.canonical / other.factor
        var reported = Decimal()
        NSDecimalRound(&reported, &quotient, 4, .plain)
        let reading = try? LabReading.make(analyte: analyte, value: reported, unit: other.unit)
        guard let reading, reading.value.canonical == value.canonical else { return value }
        let isMolar = other.unit == "mmol/L"
        told[isMolar ? "\(other.unit) \(analyte.rawValue)" : other.unit, default: 0] += 1
        return reading.value
    }

    /// What one of the other unit is in the rules' unit (clinical facts §8).
    private let factors: [Analyte: [(unit: String, factor: Decimal)]] = [
        .hemoglobin: [("g/L", decimal("0.1")), ("mmol/L", decimal("1.6114"))],
        .ferritin: [("ug/L", 1), ("pmol/L", decimal("0.445"))],
        .phosphate: [("mmol/L", decimal("3.097"))],
        .cReactiveProtein: [("mg/dL", 10)],
    ]
}

extension PatientEvent {
    /// A result by its amount alone, whatever unit it came in.
    fileprivate var withoutUnit: PatientEvent {
        switch fact {
        case .labRecorded(let result):
            return PatientEvent(
                effectiveAt: effectiveAt,
                fact: .labRecorded(
                    LabResult(
                        id: result.id, analyte: result.analyte, value: result.value.withoutUnit,
                        collectedAt: result.collectedAt, status: result.status,
                        referenceLow: result.referenceLow, source: result.source)))
        case .labCorrected(let correction):
            return PatientEvent(
                effectiveAt: effectiveAt,
                fact: .labCorrected(
                    LabCorrected(
                        result: correction.result, value: correction.value.withoutUnit,
                        status: correction.status, collectedAt: correction.collectedAt)))
        case .patientRegistered, .identityCorrected, .labRetracted, .weightRecorded,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .doseStarted,
            .dosePaused,
            .doseResumed,
            .doseCompleted,
            .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .transfusionRecorded, .gateOverridden, .signedOff, .recheckOpened, .recheckClosed,
            .patientErased, .patientMerged, .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked, .decisionReviewed, .waitlistEntered,
            .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrdered,
            .transfusionOrderFilled:
            return self
        }
    }
}

extension LabValue {
    fileprivate var withoutUnit: LabValue {
        LabValue(
            comparator: comparator, reported: canonical, reportedUnit: "", canonical: canonical)
    }
}
