import Foundation
import Infusion

/// The records of a laboratory file to what they ask to be recorded.
struct LabsTranslator {
    let file: LabsFile
    private var mapping: LabsMapping { file.mapping }

    init(file: LabsFile) { self.file = file }

    func rows() -> [ImportedRow] {
        var registered: Set<String> = []
        return file.records.flatMap { record in
            rows(of: LabsLine(record: record, file: file), registered: &registered)
        }
    }

    private func rows(of line: LabsLine, registered: inout Set<String>) -> [ImportedRow] {
        guard !line.record.isTorn else {
            return [settled(.quarantined(reason: "record-torn"), at: line.location())]
        }
        let values = LabsValue.all(of: line)
        guard let subject = line[mapping.patientColumn] else {
            let missing = Disposition.quarantined(reason: "patient-missing")
            return [settled(missing, at: line.location(mapping.patientColumn))]
                + lost(line, values, because: missing)
        }
        var rows: [ImportedRow] = []
        if registered.insert(subject).inserted { rows.append(registration(subject, line)) }
        guard let collected = collectedAt(line) else {
            return rows
                + lost(
                    line, values,
                    because: .quarantined(reason: "collection-time-missing-or-without-offset"))
        }
        if let context = mapping.context {
            rows.append(
                ImportedRow(
                    location: line.location("context"), subject: subject,
                    fact: .condition(
                        ImportedCondition(context: context, onset: collected, abatement: nil))))
        }
        let specimen = mapping.specimenColumn.flatMap { line[$0] }
        return rows
            + values.map { value in
                ImportedRow(
                    location: line.location(value.column), subject: subject,
                    fact: value.fact(
                        source: mapping.source, specimen: specimen, collectedAt: collected))
            }
    }

    private func settled(_ disposition: Disposition, at location: RowLocation) -> ImportedRow {
        ImportedRow(location: location, subject: nil, fact: .disposition(disposition))
    }

    /// Each value of a line that cannot be placed is lost by itself, as each would have been recorded.
    private func lost(
        _ line: LabsLine, _ values: [LabsValue], because disposition: Disposition
    ) -> [ImportedRow] {
        let context = mapping.context.map { _ in settled(disposition, at: line.location("context"))
        }
        return (context.map { [$0] } ?? [])
            + values.map {
                settled($0.settled ?? disposition, at: line.location($0.column))
            }
    }

    private func collectedAt(_ line: LabsLine) -> Instant? {
        switch mapping.collected {
        case .constant(let instant): instant
        case .column(let column):
            line[column].flatMap { $0.contains("T") ? ImportDateTime.instant($0) : nil }
        }
    }

    private func registration(_ subject: String, _ line: LabsLine) -> ImportedRow {
        let location = line.location(mapping.patientColumn)
        guard let birthDate = birthDate(line) else {
            return ImportedRow(
                location: location, subject: subject,
                fact: .disposition(.quarantined(reason: "birth-date-missing-or-partial")))
        }
        let code = mapping.gender.flatMap { line[$0.name] }
        let gender = code.flatMap { mapping.gender?.codes[$0] }
        let identity = Identity(
            name: PersonName(
                family: mapping.familyColumn.flatMap { line[$0] } ?? subject, given: []),
            birthDate: birthDate,
            identifiers: [PatientIdentifier(system: mapping.source, value: subject)])
        return ImportedRow(
            location: location, subject: subject,
            fact: .registration(
                ImportedRegistration(identity: identity, gender: gender ?? .unknown)),
            note: code != nil && gender == nil ? .genderCodeUnknown : nil)
    }

    private func birthDate(_ line: LabsLine) -> CalendarDate? {
        switch mapping.birth {
        case .dateColumn(let column): return line[column].flatMap { CalendarDate($0) }
        case .ageColumn(let column, let asOf):
            let years = line[column].flatMap { Decimal(exactly: $0) }.map {
                NSDecimalNumber(decimal: $0).intValue
            }
            return years.flatMap { (0...130).contains($0) ? asOf.adding(months: -12 * $0) : nil }
        }
    }
}
