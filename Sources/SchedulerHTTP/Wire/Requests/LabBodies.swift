import Foundation
import Infusion

/// `POST /v1/patients/{id}/labs`: one batch, all or none.
struct LabsBody: WireBody {
    static let resultsMaximum = InfusionLimits.labsPerCommand
    let results: [LabBody]

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        results = try reader.required(
            "results", .array(of: .object(LabBody.self), count: 1...Self.resultsMaximum))
    }
}

/// One result as its laboratory reported it.
struct LabBody: WireBody {
    let id: LabResultID?
    let reading: ReadingBody
    let collectedAt: Instant
    let status: ResultStatus
    let source: SourceIdentifier?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        id = try reader.optional("id", .id())
        reading = try ReadingBody(from: &reader)
        collectedAt = try reader.required("collectedAt", .instant)
        status = try reader.optional("status", .oneOf(ResultStatus.self)) ?? .final
        source = try reader.optional("source", .object(SourceBody.self))?.source
    }

    func result(id: LabResultID) -> LabResult {
        LabResult(
            id: id, analyte: reading.analyte, value: reading.value, collectedAt: collectedAt,
            status: status, referenceLow: reading.referenceLow, source: source)
    }
}

/// `POST /v1/labs/{id}/correct`: what the laboratory says now. The analyte is restated because the unit
/// can only be read with it.
struct LabCorrectionBody: WireBody {
    static let members: BodyMembers = [
        "correction": "", "correction.value.unit": "unit", "correction.status": "status",
        "correction.value": "value", "correction.collectedAt": "collectedAt",
    ]
    let reading: ReadingBody
    let collectedAt: Instant
    let status: ResultStatus

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reading = try ReadingBody(from: &reader)
        collectedAt = try reader.required("collectedAt", .instant)
        status = try reader.optional("status", .oneOf(ResultStatus.self)) ?? .corrected
    }
}

/// `POST /v1/labs/{id}/retract`
struct LabRetractionBody: WireBody {
    let reason: LabRetracted.Reason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(LabRetracted.Reason.self))
    }
}

private struct SourceBody: WireBody {
    let source: SourceIdentifier
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        source = SourceIdentifier(
            system: try reader.required("system", .name(1...200)),
            value: try reader.required("value", .text(1...InfusionLimits.identifierCharacters)))
    }
}

/// Analyte, value, comparator and unit, read together: one means nothing without the others. The fields
/// lie flat in the result that holds them.
struct ReadingBody: Sendable {
    let analyte: Analyte
    let value: LabValue
    let referenceLow: Decimal?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (analyte, code) = try Self.analyte(&reader)
        let comparator = try reader.optional("comparator", .oneOf(Infusion.Comparator.self))
        let reported = try reader.required("value", .decimal)
        let unit = try reader.optional("unit", .text(1...InfusionLimits.unitCharacters))
        let low = try reader.optional("referenceLow", .decimal)
        let form = ReportedForm(analyte: analyte, unit: unit, code: code, pointer: reader.pointer)
        self.analyte = analyte
        value = try form.read(reported, comparator, field: "value")
        referenceLow =
            if let low { try form.read(low, nil, field: "referenceLow").canonical } else { nil }
    }

    /// By its name or by its LOINC code, never both.
    private static func analyte(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> (Analyte, code: String?) {
        let name = try reader.optional("analyte", .oneOf(Analyte.self))
        let code = try reader.optional("loinc", .name(1...16))
        switch (name, code) {
        case (let analyte?, nil): return (analyte, nil)
        case (nil, let code?):
            guard let analyte = Analyte(loinc: code) else {
                throw FieldProblems(
                    Problem.pointer(reader.pointer, "loinc"), "is not a code read here",
                    accepted: "the LOINC code of an analyte that the rules read")
            }
            return (analyte, code)
        case (nil, nil), (_?, _?):
            throw FieldProblems(
                Problem.pointer(reader.pointer, "analyte"), "is needed once",
                accepted: "either analyte or loinc: "
                    + Analyte.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }
}
