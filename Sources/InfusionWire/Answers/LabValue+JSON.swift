public import Infusion

extension LabValue {
    /// As the laboratory wrote it, with what that is in the analyte's canonical unit.
    public var json: JSON {
        [
            "comparator": .optional(comparator) { .name($0) }, "value": .decimal(reported),
            "unit": .string(reportedUnit), "canonical": .decimal(canonical),
        ]
    }
}

extension LabRecord.Statement {
    /// One of the things said about a specimen: the first report or a correction.
    public var json: JSON {
        [
            "value": value.json, "status": .name(status), "collectedAt": .instant(collectedAt),
            "version": .integer(version.value),
        ]
    }
}
