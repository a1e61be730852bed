import Infusion

/// The rows of one file about one patient, in the order they are to be recorded.
struct PatientImport: Sendable {
    let subject: String
    var registration: (location: RowLocation, value: ImportedRegistration)?
    var labs: [(location: RowLocation, value: LabResult)] = []
    var measurements: [(location: RowLocation, value: Measurement)] = []
    var conditions: [(location: RowLocation, value: ImportedCondition)] = []

    enum Measurement: Sendable {
        case weight(Kilograms, at: Instant)
        case height(Centimeters, at: Instant)

        var at: Instant {
            switch self {
            case .weight(_, let at), .height(_, let at): at
            }
        }
    }

    /// Sorts rows by patient; rows that are settled already go straight to the report.
    static func group(_ rows: [ImportedRow], report: inout ImportReport) -> [PatientImport] {
        var order: [String] = []
        var bySubject: [String: PatientImport] = [:]
        for row in rows {
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
        switch row.fact {
        case .disposition: break
        case .registration(let value):
            if registration == nil {
                registration = (row.location, value)
            } else {
                report.add(.duplicate, at: row.location)
            }
        case .lab(let value): labs.append((row.location, value))
        case .weight(let value, let at): measurements.append((row.location, .weight(value, at: at)))
        case .height(let value, let at): measurements.append((row.location, .height(value, at: at)))
        case .condition(let value): conditions.append((row.location, value))
        }
    }
}
