import Foundation
import Infusion
import Testing

@Suite struct `Laboratory results` {
    let patient = given { $0.register(on: "2026-03-01") }
    let clinic = Clinic.newYork
    var collected: Instant { clinic.at("2026-03-02 08:00") }

    func hemoglobin(
        _ number: UInt64 = 1, _ value: Decimal = 9, source: SourceIdentifier? = nil,
        status: ResultStatus = .final
    ) -> LabResult {
        Act.result(number, .hemoglobin, value, collected, status: status, source: source)
    }

    @Test func `results are recorded in their order, effective when they were collected`() {
        let results = [hemoglobin(), Act.result(2, .ferritin, 12, collected)]
        patient.when(.recordLabs(results), at: "2026-03-02").then(results.map { .labRecorded($0) })
        var story = patient
        story.does(.recordLabs(results), at: "2026-03-02")
        #expect(story.events.suffix(2).allSatisfy { $0.effectiveAt == collected })
    }

    @Test func `a second delivery is known by its source and changes nothing`() {
        let source = SourceIdentifier(system: "urn:lab", value: "77")
        var story = patient
        story.does(.recordLabs([hemoglobin(1, source: source)]), at: "2026-03-02")
        story.when(.recordLabs([hemoglobin(1, source: source)]), at: "2026-03-03").thenNothing()
        story.when(.recordLabs([hemoglobin(2, source: source)]), at: "2026-03-03").thenNothing()
        story.when(.recordLabs([hemoglobin(2, 8, source: source)]), at: "2026-03-03")
            .refused(.duplicateIdentifier(field: "results[0].source"))
        story.when(.recordLabs([hemoglobin(1, 8)]), at: "2026-03-03")
            .refused(.duplicateIdentifier(field: "results[0].id"))
    }

    /// Facts §3.1: binding capacity below iron is no specimen.
    @Test func `iron above its binding capacity is refused, whichever comes first`() {
        func iron(_ number: UInt64, _ value: Decimal, at time: String? = nil) -> LabResult {
            Act.result(number, .iron, value, time.map { clinic.at($0) } ?? collected)
        }
        func capacity(_ number: UInt64, _ value: Decimal) -> LabResult {
            Act.result(number, .totalIronBindingCapacity, value, collected)
        }
        let at = "2026-03-02"
        patient.when(.recordLabs([iron(1, 400), capacity(2, 300)]), at: at)
            .refused(field: "results[0].value")
        patient.when(.recordLabs([capacity(2, 300), iron(1, 400)]), at: at)
            .refused(field: "results[0].value")
        patient.when(.recordLabs([iron(1, 300), capacity(2, 300)]), at: at).accepted()
        var story = patient
        story.does(.recordLabs([iron(1, 400)]), at: at)
        story.when(.recordLabs([capacity(2, 300)]), at: at).refused(field: "results[0].value")
        story.when(.recordLabs([capacity(2, 400)]), at: at).accepted()
        story.when(.recordLabs([iron(1, 400), capacity(2, 300)]), at: at)
            .refused(field: "results[1].value")
        story.does(.recordLabs([capacity(2, 420)]), at: at)
        story.when(
            .correctLab(
                LabCorrected(
                    result: id(1), value: Decimal(421).of(.iron), status: .corrected,
                    collectedAt: collected)), at: at
        ).refused(field: "correction.value")
        // Another collection is another specimen.
        story.when(.recordLabs([iron(3, 500, at: "2026-03-01 08:00")]), at: at).accepted()
        // What was retracted is held against nothing.
        story.does(.retractLab(LabRetracted(result: id(2), reason: .wrongPatient)), at: at)
        story.when(.recordLabs([iron(4, 500)]), at: at).accepted()
    }

    @Test func `all or none, 1 to 200`() {
        patient.when(.recordLabs([]), at: "2026-03-02").refused(field: "results")
        let many = (1...201).map { hemoglobin(UInt64($0)) }
        patient.when(.recordLabs(many), at: "2026-03-02").refused(field: "results")
        patient.when(.recordLabs([hemoglobin(), hemoglobin()]), at: "2026-03-02")
            .refused(.duplicateIdentifier(field: "results[1].id"))
        patient.when(.recordLabs([hemoglobin()]), at: "2026-03-02 07:54")
            .refused(.inTheFuture(field: "results[0].collectedAt"))
        patient.when(.recordLabs([hemoglobin()]), at: "2026-03-02 07:55").accepted()
    }

    @Test func `a value must be possible, its unit known, its canonical reading its own`() {
        func recorded(_ value: LabValue, of analyte: Analyte = .hemoglobin) -> Outcome {
            patient.when(
                .recordLabs([
                    LabResult(
                        id: id(1), analyte: analyte, value: value, collectedAt: collected,
                        status: .final, referenceLow: nil, source: nil)
                ]), at: "2026-03-02")
        }
        func value(_ reported: String, _ unit: String, _ canonical: String) -> LabValue {
            LabValue(
                comparator: nil, reported: decimal(reported), reportedUnit: unit,
                canonical: decimal(canonical))
        }
        recorded(value("90", "g/L", "9")).accepted()
        recorded(value("90", "g/L", "90")).refused(field: "results[0].value")
        recorded(value("90", "g/dL", "90")).refused(field: "results[0].value")
        recorded(value("9", "", "9")).refused(field: "results[0].value.unit")
        recorded(value("9", "mcg/dL", "9")).refused(field: "results[0].value.unit")
        recorded(value("0.18", "%", "0.18"), of: .transferrinSaturation)
            .refused(field: "results[0].value")
    }

    @Test func `nothing is collected before birth, no limit is negative`() {
        let early = Act.result(1, .hemoglobin, 9, clinic.at("1970-05-16"))
        patient.when(.recordLabs([early]), at: "2026-03-02").refused(
            field: "results[0].collectedAt")
        let low = Act.result(1, .phosphate, 3, collected, low: -1)
        patient.when(.recordLabs([low]), at: "2026-03-02").refused(field: "results[0].referenceLow")
    }

    // MARK: Corrections

    func correction(
        _ value: Decimal, status: ResultStatus = .corrected, of number: UInt64 = 1
    ) -> LabCorrected {
        LabCorrected(
            result: id(number), value: value.of(.hemoglobin), status: status, collectedAt: collected
        )
    }

    @Test func `a correction keeps the chain, and the last statement is read`() {
        var story = patient
        story.does(.recordLabs([hemoglobin()]), at: "2026-03-02")
        story.when(.correctLab(correction(11)), at: "2026-03-03")
            .then([.labCorrected(correction(11))])
        story.does(.correctLab(correction(11)), at: "2026-03-03")
        let lab = story.state.lab(id(1))
        #expect(lab?.chain.map(\.value.canonical) == [9, 11])
        #expect(lab?.chain.map(\.version) == [EventVersion(2), EventVersion(3)])
        story.when(.correctLab(correction(11)), at: "2026-03-04").thenNothing()
    }

    @Test func `what cannot be corrected is refused`() {
        var story = patient
        story.does(.recordLabs([hemoglobin()]), at: "2026-03-02")
        story.when(.correctLab(correction(11, of: 5)), at: "2026-03-03").refused(
            .labNotFound(id(5)))
        story.when(.correctLab(correction(11, status: .preliminary)), at: "2026-03-03")
            .refused(field: "correction.status")
        story.does(
            .retractLab(LabRetracted(result: id(1), reason: .wrongPatient)), at: "2026-03-03")
        story.when(.correctLab(correction(11)), at: "2026-03-04")
            .refused(.labAlreadyRetracted(id(1)))
        story.when(.retractLab(LabRetracted(result: id(1), reason: .cancelled)), at: "2026-03-04")
            .refused(.labAlreadyRetracted(id(1)))
        story.when(.retractLab(LabRetracted(result: id(5), reason: .cancelled)), at: "2026-03-04")
            .refused(.labNotFound(id(5)))
    }

    @Test func `a retracted result is kept and not read`() {
        var story = patient
        story.does(.recordLabs([hemoglobin()]), at: "2026-03-02")
        let retraction = LabRetracted(result: id(1), reason: .enteredInError)
        story.when(.retractLab(retraction), at: "2026-03-03").then([.labRetracted(retraction)])
        story.does(.retractLab(retraction), at: "2026-03-03")
        #expect(story.state.lab(id(1))?.isReadable == false)
        #expect(story.state.labs.count == 1)
    }

    @Test func `a preliminary result becomes readable when it is final`() {
        var story = patient
        story.does(.recordLabs([hemoglobin(status: .preliminary)]), at: "2026-03-02")
        #expect(story.state.lab(id(1))?.isReadable == false)
        story.does(.correctLab(correction(9, status: .final)), at: "2026-03-02")
        #expect(story.state.lab(id(1))?.isReadable == true)
    }
}
