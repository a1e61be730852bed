import Foundation
import Infusion
import InfusionJournal

/// An `Observation`, and what it asks to be recorded.
struct FHIRObservation {
    private enum Measure {
        case weight, height
        case analyte(Analyte, loinc: String)

        init?(loinc: String) {
            if BodyMeasure.weightCodes.contains(loinc) {
                self = .weight
            } else if BodyMeasure.heightCodes.contains(loinc) {
                self = .height
            } else if let analyte = Analyte(loinc: loinc) {
                self = .analyte(analyte, loinc: loinc)
            } else {
                return nil
            }
        }
    }

    let resource: FHIRElement
    /// The source's URI, under which resource ids are unique.
    let source: String

    var fact: ImportedFact {
        guard let concept = resource["code"] else { return quarantined("no-code") }
        let code = concept.code(in: FHIRCodes.loinc)
        guard let measure = code.flatMap({ Measure(loinc: $0) }) else {
            return .disposition(.notRelevant(code: code ?? concept.countedAs))
        }
        guard let status = resource["status"]?.string else { return quarantined("status-missing") }
        if let retracted = RetractedStatus(rawValue: status) {
            return retraction(retracted, of: measure)
        }
        guard let resultStatus = ResultStatus(fhir: status) else {
            return .disposition(.notRelevant(code: "status-\(status)"))
        }
        return stated(measure, resultStatus)
    }

    private func quarantined(_ reason: String) -> ImportedFact {
        .disposition(.quarantined(reason: reason))
    }

    /// What is taken back need not be whole; it is found by its name, a measurement by what it said.
    private func retraction(_ status: RetractedStatus, of measure: Measure) -> ImportedFact {
        switch measure {
        case .analyte(let analyte, let loinc):
            let name = identifier ?? collected.map { description(loinc: loinc, collectedAt: $0) }
            guard let name else { return .disposition(status.ofNothing) }
            return result(named: name, analyte, .retracted(status))
        case .weight, .height:
            switch stated(measure, .final) {
            case .measurement(let measurement): return .measurementRetracted(measurement, status)
            case .registration, .result, .measurementRetracted, .condition, .disposition:
                return .disposition(status.ofNothing)
            }
        }
    }

    private func stated(_ measure: Measure, _ status: ResultStatus) -> ImportedFact {
        guard let collected else {
            return quarantined("collection-time-missing-or-without-offset")
        }
        guard let quantity = resource["valueQuantity"] else {
            return quarantined("no-numeric-value")
        }
        guard let value = try? quantity["value"]?.number?.decimal() else {
            return quarantined("value-missing-or-not-exact")
        }
        let text = quantity["comparator"]?.string
        let comparator = text.flatMap(Infusion.Comparator.init(rawValue:))
        guard text == nil || comparator != nil else { return quarantined("comparator-unknown") }
        let unit = quantity["code"]?.string ?? quantity["unit"]?.string
        do throws(LabReadingProblem) {
            switch (measure, comparator) {
            case (.weight, nil):
                let weight = try BodyMeasure.weight(value, unit: unit)
                return .measurement(ImportedMeasurement(quantity: .weight(weight), at: collected))
            case (.height, nil):
                let height = try BodyMeasure.height(value, unit: unit)
                return .measurement(ImportedMeasurement(quantity: .height(height), at: collected))
            case (.weight, _?), (.height, _?):
                // Below so many kilograms is no weight to dose by.
                return quarantined("value-missing-or-not-exact")
            case (.analyte(let analyte, let loinc), let comparator):
                let reading = try LabReading.make(
                    analyte: analyte, value: value, comparator: comparator, unit: unit, code: loinc)
                return result(
                    named: identifier ?? description(loinc: loinc, collectedAt: collected), analyte,
                    .stated(value: reading.value, status: status, collectedAt: collected))
            }
        } catch {
            return quarantined(error.importReason)
        }
    }

    private func result(
        named name: String, _ analyte: Analyte, _ word: ImportedResult.Word
    ) -> ImportedFact {
        .result(
            ImportedResult(
                source: SourceIdentifier(system: source, value: name),
                isIdentified: identifier != nil, analyte: analyte, word: word))
    }

    /// The resource's id, or else its business identifier.
    private var identifier: String? {
        if let id = resource["id"]?.string { return id }
        let identifier = resource["identifier"]?.elements.first
        return identifier?["value"]?.string.map { value in
            "identifier|\(identifier?["system"]?.string ?? "")|\(value)"
        }
    }

    /// What, when and of which specimen: all there is of a resource without identifier, and it may be true of
    /// two results.
    private func description(loinc: String, collectedAt: Instant) -> String {
        let specimen = resource["specimen"]?.referencedID ?? ""
        return "\(loinc)|\(collectedAt.microsecondsSinceUnixEpoch)|\(specimen)"
    }

    private var collected: Instant? {
        let text =
            resource["effectiveDateTime"]?.string ?? resource["effectiveInstant"]?.string
            ?? resource["effectivePeriod"]?["start"]?.string
        guard let text, text.contains("T") else { return nil }
        return ImportDateTime.instant(text)
    }
}

extension ResultStatus {
    /// `nil` for a status under which nothing is said of a value: registered, unknown, or taken back.
    fileprivate init?(fhir status: String) {
        switch status {
        case "preliminary": self = .preliminary
        case "final": self = .final
        case "amended": self = .amended
        case "corrected": self = .corrected
        default: return nil
        }
    }
}
