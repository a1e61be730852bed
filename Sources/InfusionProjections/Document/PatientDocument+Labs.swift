import Foundation
import Infusion

/// Laboratory results, corrections included.
extension CanonicalJSONWriter {
    mutating func write(_ record: LabRecord) {
        let current = record.current
        field("analyte", record.analyte.rawValue)
        canonical(current.value, of: record.analyte)
        field("collectedAt", current.collectedAt)
        field("comparator", current.value.comparator?.rawValue)
        field("id", record.id)
        field("referenceLow", record.referenceLow)
        if record.chain.count > 1 {
            field("replaced", Array(record.chain.dropLast())) { $0.write($1, of: record.analyte) }
        }
        if let retraction = record.retraction {
            key("retraction")
            object {
                $0.field("effectiveAt", retraction.effectiveAt)
                $0.field("reason", retraction.value.rawValue)
                $0.field("version", retraction.version)
            }
        }
        if let source = record.source {
            key("source")
            object {
                $0.field("system", source.system)
                $0.field("value", source.value)
            }
        }
        field("status", record.retraction == nil ? current.status.rawValue : "entered-in-error")
        field("unit", current.value.reportedUnit)
        field("value", current.value.reported)
        field("version", current.version)
    }

    private mutating func write(_ statement: LabRecord.Statement, of analyte: Analyte) {
        canonical(statement.value, of: analyte)
        field("collectedAt", statement.collectedAt)
        field("comparator", statement.value.comparator?.rawValue)
        field("status", statement.status.rawValue)
        field("unit", statement.value.reportedUnit)
        field("value", statement.value.reported)
        field("version", statement.version)
    }

    /// The value in the one unit the rules read.
    private mutating func canonical(_ value: LabValue, of analyte: Analyte) {
        key("canonical")
        object {
            $0.field("unit", analyte.canonicalUnit)
            $0.field("value", value.canonical)
        }
    }
}
