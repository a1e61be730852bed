import Faults
import Foundation
import Infusion
import InfusionWire

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
    let reported: ReadingBody
    let collectedAt: Instant
    let status: ResultStatus
    let source: SourceIdentifier?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, reported, collectedAt, status, source) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try ReadingBody(from: &reader)),
            reading(try reader.required("collectedAt", .instant)),
            reading(try reader.optional("status", .oneOf(ResultStatus.self)) ?? .final),
            reading(try reader.optional("source", .object(SourceBody.self))?.source))
    }

    func result(id: LabResultID) -> LabResult {
        LabResult(
            id: id, analyte: reported.analyte, value: reported.value, collectedAt: collectedAt,
            status: status, referenceLow: reported.referenceLow, source: source)
    }
}

/// `POST /v1/labs/{id}/correct`: what the laboratory says now. The analyte is restated because the unit
/// can only be read with it.
struct LabCorrectionBody: WireBody {
    static let members: BodyMembers = [
        "correction": "", "correction.value.unit": "unit", "correction.status": "status",
        "correction.value": "value", "correction.collectedAt": "collectedAt",
    ]
    let reported: ReadingBody
    let collectedAt: Instant
    let status: ResultStatus

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (reported, collectedAt, status) = try allRead(
            reading(try ReadingBody(from: &reader)),
            reading(try reader.required("collectedAt", .instant)),
            reading(try reader.optional("status", .oneOf(ResultStatus.self)) ?? .corrected))
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
        let (system, value) = try allRead(
            reading(try reader.required("system", .name(1...200))),
            reading(
                try reader.required("value", .text(1...InfusionLimits.identifierCharacters))))
        source = SourceIdentifier(system: system, value: value)
    }
}

/// Analyte, value, comparator and unit, read together: one means nothing without the others. The fields
/// lie flat in the result that holds them.
struct ReadingBody: Sendable {
    let analyte: Analyte
    let value: LabValue
    let referenceLow: Decimal?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (named, comparator, reported, unit, low) = try allRead(
            reading(try Self.analyte(&reader)),
            reading(try reader.optional("comparator", .oneOf(Infusion.Comparator.self))),
            reading(try reader.required("value", .decimal)),
            reading(try reader.optional("unit", .text(1...InfusionLimits.unitCharacters))),
            reading(try reader.optional("referenceLow", .decimal)))
        let form = ReportedForm(
            analyte: named.analyte, unit: unit, code: named.code, pointer: reader.pointer)
        analyte = named.analyte
        (value, referenceLow) = try allRead(
            reading(try form.read(reported, comparator, field: "value")),
            reading(try form.reference(low)))
    }

    /// By its name or by its LOINC code, never both.
    private static func analyte(
        _ reader: inout ObjectReader
    ) throws(FieldProblems) -> (analyte: Analyte, code: String?) {
        let (name, code) = try allRead(
            reading(try reader.optional("analyte", .oneOf(Analyte.self))),
            reading(try reader.optional("loinc", .name(1...16))))
        switch (name, code) {
        case (let analyte?, nil): return (analyte, nil)
        case (nil, let code?):
            guard let analyte = Analyte(loinc: code) else {
                throw FieldProblems(
                    JSONPointer.member(reader.pointer, "loinc"), "is not a code read here",
                    accepted: "the LOINC code of an analyte that the rules read")
            }
            return (analyte, code)
        case (nil, nil), (_?, _?):
            throw FieldProblems(
                JSONPointer.member(reader.pointer, "analyte"), "is needed once",
                accepted: "either analyte or loinc: "
                    + Analyte.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }
}
