import Infusion

/// Says what the columns of a laboratory file are; read from a JSON file, see `docs/import.md`.
public struct LabsMapping: Sendable {
    /// What is wrong with a mapping, or with its file, and what would be accepted.
    public struct MappingProblem: Error, CustomStringConvertible {
        public let description: String
    }
    struct Column: Sendable {
        let name: String
        let measure: Measure
        /// As the file writes it, or as the laboratory says; there is no default.
        let unit: String
    }
    enum Measure: Sendable {
        case analyte(Analyte, loinc: String)
        case weight, height
    }
    /// One result a line: the columns of its code, value, unit.
    struct LongLayout: Sendable {
        let code: String
        let value: String
        let unit: String
    }
    enum Birth: Sendable {
        case dateColumn(String)
        /// Completed years on a date: the birth date is taken as that date so many years before.
        case ageColumn(String, asOf: CalendarDate)
    }
    struct GenderColumn: Sendable {
        let name: String
        let codes: [String: AdministrativeGender]
    }
    enum Collected: Sendable {
        case column(String)
        case constant(Instant)
    }

    /// The URI under which the file's patient and result numbers are unique.
    public let source: String
    let delimiter: UInt8
    let patientColumn: String
    let familyColumn: String?
    let birth: Birth
    let gender: GenderColumn?
    let collected: Collected
    /// The column of the specimen's number, which with its column or code names a result.
    let specimenColumn: String?
    let context: ClinicalContext?
    let columns: [Column]
    let long: LongLayout?

    /// Every column the file must have, in the order of the members that name them.
    var columnNames: [String] {
        var names = [patientColumn]
        if let familyColumn { names.append(familyColumn) }
        switch birth {
        case .dateColumn(let column), .ageColumn(let column, _): names.append(column)
        }
        if let gender { names.append(gender.name) }
        switch collected {
        case .column(let column): names.append(column)
        case .constant: break
        }
        if let specimenColumn { names.append(specimenColumn) }
        names += columns.map(\.name)
        if let long { names += [long.code, long.value, long.unit] }
        return names
    }
}
