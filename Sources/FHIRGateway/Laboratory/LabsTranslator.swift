import Foundation
import Infusion
import InfusionJournal

/// The records of a laboratory file to what they ask to be recorded.
struct LabsTranslator {
    let mapping: LabsMapping

    func rows(in bytes: [UInt8], file: String) -> [ImportedRow] {
        let records = CSVReader(delimiter: mapping.delimiter).records(in: bytes)
        guard let heading = records.first else { return [] }
        let positions = Dictionary(
            heading.fields.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var registered: Set<String> = []
        return records.dropFirst().flatMap { record in
            rows(of: record, columns: positions, file: file, registered: &registered)
        }
    }

    private func rows(
        of record: CSVReader.Record, columns: [String: Int], file: String,
        registered: inout Set<String>
    ) -> [ImportedRow] {
        func whole(_ reason: String) -> [ImportedRow] {
            [
                ImportedRow(
                    location: RowLocation(file: file, row: record.line), subject: nil,
                    fact: .disposition(.quarantined(reason: reason)))
            ]
        }
        func cell(_ column: String) -> String? {
            guard let position = columns[column], position < record.fields.count else { return nil }
            let text = record.fields[position].trimmingCharacters(in: .whitespaces)
            return text.isEmpty ? nil : text
        }
        guard !record.isTorn, record.fields.count <= columns.count else {
            return whole("record-torn")
        }
        guard let subject = cell(mapping.patientColumn) else { return whole("patient-missing") }
        var rows: [ImportedRow] = []
        func add(_ column: String, _ fact: ImportedFact) {
            rows.append(
                ImportedRow(
                    location: RowLocation(file: file, row: record.line, column: column),
                    subject: subject, fact: fact))
        }
        if registered.insert(subject).inserted {
            add(mapping.patientColumn, registration(subject, cell: cell))
        }
        guard let collected = collectedAt(cell) else {
            add(
                "collectedAt",
                .disposition(.quarantined(reason: "collection-time-missing-or-without-offset")))
            return rows
        }
        if let context = mapping.context {
            add(
                "context",
                .condition(ImportedCondition(context: context, onset: collected, abatement: nil)))
        }
        for column in mapping.columns {
            guard let text = cell(column.name) else { continue }
            add(column.name, fact(text, column: column, subject: subject, collected: collected))
        }
        if let long = mapping.long {
            add(long.value, fact(long, cell: cell, subject: subject, collected: collected))
        }
        return rows
    }

    private func registration(_ subject: String, cell: (String) -> String?) -> ImportedFact {
        let birthDate: CalendarDate?
        switch mapping.birth {
        case .dateColumn(let column): birthDate = cell(column).flatMap { CalendarDate($0) }
        case .ageColumn(let column, let asOf):
            let years = cell(column).flatMap { Decimal(text: $0) }.map {
                NSDecimalNumber(decimal: $0).intValue
            }
            birthDate = years.flatMap {
                (0...130).contains($0) ? asOf.adding(months: -12 * $0) : nil
            }
        }
        guard let birthDate else {
            return .disposition(.quarantined(reason: "birth-date-missing-or-partial"))
        }
        let code = mapping.genderColumn.flatMap(cell)
        return .registration(
            ImportedRegistration(
                identity: Identity(
                    name: PersonName(
                        family: mapping.familyColumn.flatMap(cell) ?? subject, given: []),
                    birthDate: birthDate,
                    identifiers: [PatientIdentifier(system: mapping.source, value: subject)]),
                gender: code.flatMap { mapping.genders[$0] } ?? .unknown))
    }

    private func collectedAt(_ cell: (String) -> String?) -> Instant? {
        switch mapping.collected {
        case .constant(let instant): instant
        case .column(let column):
            cell(column).flatMap { $0.contains("T") ? ImportDateTime.instant($0) : nil }
        }
    }

    private func fact(
        _ text: String, column: LabsMapping.Column, subject: String, collected: Instant
    ) -> ImportedFact {
        guard let (comparator, value) = parsed(text) else {
            return .disposition(.quarantined(reason: "value-missing-or-not-exact"))
        }
        do throws(LabReadingProblem) {
            switch column.measure {
            case .weight:
                return .weight(try BodyMeasure.weight(value, unit: column.unit), at: collected)
            case .height:
                return .height(try BodyMeasure.height(value, unit: column.unit), at: collected)
            case .analyte(let analyte, let loinc):
                return try lab(
                    analyte, loinc: loinc, value: value, comparator: comparator, unit: column.unit,
                    subject: subject, collected: collected)
            }
        } catch {
            return .disposition(.quarantined(reason: error.importReason))
        }
    }

    private func fact(
        _ long: LabsMapping.LongLayout, cell: (String) -> String?, subject: String,
        collected: Instant
    ) -> ImportedFact {
        guard let loinc = cell(long.code) else {
            return .disposition(.quarantined(reason: "no-code"))
        }
        guard let analyte = Analyte(loinc: loinc) else {
            return .disposition(.notRelevant(code: loinc))
        }
        guard let (comparator, value) = cell(long.value).flatMap({ parsed($0) }) else {
            return .disposition(.quarantined(reason: "value-missing-or-not-exact"))
        }
        do throws(LabReadingProblem) {
            return try lab(
                analyte, loinc: loinc, value: value, comparator: comparator, unit: cell(long.unit),
                subject: subject, collected: collected)
        } catch {
            return .disposition(.quarantined(reason: error.importReason))
        }
    }

    private func lab(
        _ analyte: Analyte, loinc: String, value: Decimal, comparator: Infusion.Comparator?,
        unit: String?,
        subject: String, collected: Instant
    ) throws(LabReadingProblem) -> ImportedFact {
        let reading = try LabReading.make(
            analyte: analyte, value: value, comparator: comparator, unit: unit, code: loinc)
        // Unique within the patient; the patient's number must not lie in the log in the clear.
        let name = "\(loinc)|\(collected.microsecondsSinceUnixEpoch)"
        return .lab(
            LabResult(
                id: LabResultID(DerivedIdentifier.uuid("lab", name)),
                analyte: analyte,
                value: reading.value, collectedAt: collected, status: .final, referenceLow: nil,
                source: SourceIdentifier(system: mapping.source, value: name)))
    }

    /// `12.5`, `<15`, `>= 1000`.
    private func parsed(_ text: String) -> (Infusion.Comparator?, Decimal)? {
        for comparator in [
            Infusion.Comparator.lessOrEqual, .greaterOrEqual, .lessThan, .greaterThan,
        ]
        where text.hasPrefix(comparator.rawValue) {
            let rest = text.dropFirst(comparator.rawValue.count).trimmingCharacters(
                in: .whitespaces)
            return Decimal(text: rest).map { (comparator, $0) }
        }
        return Decimal(text: text).map { (nil, $0) }
    }
}

extension Decimal {
    /// The exact value of a JSON number's text; `nil` for anything else.
    fileprivate init?(text: String) {
        guard JSONNumber(text) != nil,
            let value = try? JSONReader().read(Array(text.utf8)).decimal()
        else { return nil }
        self = value
    }
}
