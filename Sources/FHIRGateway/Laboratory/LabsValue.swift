import Infusion

/// One value of a line, before it is placed in time.
struct LabsValue {
    private enum Content {
        case measured(LabsMapping.Measure, text: String?, unit: String?)
        case settled(Disposition)
    }

    /// The heading it stands under.
    let column: String
    /// What, within the patient and beside specimen or time, names the result.
    private let name: String
    private let content: Content

    /// Where it is settled whatever the rest of its line says.
    var settled: Disposition? {
        switch content {
        case .measured: nil
        case .settled(let disposition): disposition
        }
    }

    /// The values of a line: cells that say nothing are none.
    static func all(of line: LabsLine) -> [LabsValue] {
        let mapping = line.file.mapping
        let wide = mapping.columns.compactMap { column in
            line[column.name].map { text in
                LabsValue(
                    column: column.name, name: "column:\(column.name)",
                    content: .measured(column.measure, text: text, unit: column.unit))
            }
        }
        return wide + (mapping.long.map { [value(of: line, $0)] } ?? [])
    }

    private static func value(of line: LabsLine, _ long: LabsMapping.LongLayout) -> LabsValue {
        let code = line[long.code]
        let content: Content
        if let code, let analyte = Analyte(loinc: code) {
            content = .measured(
                .analyte(analyte, loinc: code), text: line[long.value], unit: line[long.unit])
        } else {
            content = .settled(
                code.map { .notRelevant(code: $0) } ?? .quarantined(reason: "no-code"))
        }
        return LabsValue(column: long.value, name: "code:\(code ?? "")", content: content)
    }

    /// - Parameter specimen: The specimen's number, where the file has one. Without it the time of collection
    ///   stands in for it. The patient's number must not lie in the log in the clear, and is no part of this.
    func fact(source: String, specimen: String?, collectedAt: Instant) -> ImportedFact {
        let place =
            specimen.map { "specimen:\($0)" }
            ?? "at:\(collectedAt.microsecondsSinceUnixEpoch)"
        switch content {
        case .settled(let disposition): return .disposition(disposition)
        case .measured(let measure, let text, let unit):
            do throws(LabReadingProblem) {
                return try fact(
                    measure, text: text, unit: unit, at: collectedAt,
                    source: SourceIdentifier(system: source, value: "\(name)|\(place)"))
            } catch {
                return .disposition(.quarantined(reason: error.importReason))
            }
        }
    }

    private func fact(
        _ measure: LabsMapping.Measure, text: String?, unit: String?, at: Instant,
        source: SourceIdentifier
    ) throws(LabReadingProblem) -> ImportedFact {
        let inexact = ImportedFact.disposition(.quarantined(reason: "value-missing-or-not-exact"))
        guard let number = text.flatMap({ ReportedNumber($0) }) else { return inexact }
        switch (measure, number.comparator) {
        case (.weight, nil):
            let weight = try BodyMeasure.weight(number.value, unit: unit)
            return .measurement(ImportedMeasurement(quantity: .weight(weight), at: at))
        case (.height, nil):
            let height = try BodyMeasure.height(number.value, unit: unit)
            return .measurement(ImportedMeasurement(quantity: .height(height), at: at))
        case (.weight, _?), (.height, _?):
            // Below so many kilograms is no weight to dose by.
            return inexact
        case (.analyte(let analyte, let loinc), let comparator):
            let reading = try LabReading.make(
                analyte: analyte, value: number.value, comparator: comparator, unit: unit,
                code: loinc)
            return .result(
                ImportedResult(
                    source: source, isIdentified: true, analyte: analyte,
                    word: .stated(value: reading.value, status: .final, collectedAt: at)))
        }
    }
}
