import Infusion

/// A value and the row it stands in.
struct Located<Value: Sendable>: Sendable {
    let location: RowLocation
    let value: Value
}

/// The rows of one file about one patient, in the order they are to be recorded.
struct PatientImport: Sendable {
    let subject: String
    var registration: Located<ImportedRegistration>?
    var results: [Located<ImportedResult>] = []
    var measurements: [Located<ImportedMeasurement>] = []
    var retractedMeasurements: [Located<(ImportedMeasurement, RetractedStatus)>] = []
    var conditions: [Located<ImportedCondition>] = []

    /// Where every row but the registration stands.
    var locations: [RowLocation] {
        results.map(\.location) + measurements.map(\.location)
            + retractedMeasurements.map(\.location) + conditions.map(\.location)
    }

    /// Sorts rows by patient; rows that are settled already go straight to the report.
    static func group(_ rows: [ImportedRow], report: inout ImportReport) -> [PatientImport] {
        var order: [String] = []
        var bySubject: [String: PatientImport] = [:]
        for row in rows {
            if let note = row.note { report.note(note, at: row.location) }
            if case .disposition(let disposition) = row.fact {
                report.add(disposition, at: row.location)
                continue
            }
            guard let subject = row.subject else {
                report.add(.quarantined(reason: "patient-missing"), at: row.location)
                continue
            }
            if bySubject[subject] == nil { order.append(subject) }
            bySubject[subject, default: PatientImport(subject: subject)].add(row, report: &report)
        }
        return order.compactMap { bySubject[$0] }
    }

    private mutating func add(_ row: ImportedRow, report: inout ImportReport) {
        let location = row.location
        switch row.fact {
        case .disposition: break
        case .registration(let value):
            if registration == nil {
                registration = Located(location: location, value: value)
            } else {
                report.add(.duplicate, at: location)
            }
        case .result(let value): results.append(Located(location: location, value: value))
        case .measurement(let value):
            measurements.append(Located(location: location, value: value))
        case .measurementRetracted(let value, let status):
            retractedMeasurements.append(Located(location: location, value: (value, status)))
        case .condition(let value): conditions.append(Located(location: location, value: value))
        }
    }
}
