import Foundation
import Infusion
import InfusionJournal

/// One FHIR R4 resource to what it asks to be recorded, or to why it is not.
struct FHIRTranslator {
    /// The source's URI, under which resource ids are unique.
    let source: String

    func translate(_ json: JSONValue, at location: RowLocation) -> ImportedRow {
        let resource = FHIRElement(json)
        guard let type = resource["resourceType"]?.string else {
            return row(location, nil, .disposition(.quarantined(reason: "no-resource-type")))
        }
        switch type {
        case "Patient": return patient(resource, at: location)
        case "Observation": return observation(resource, at: location)
        case "Condition": return condition(resource, at: location)
        case "MedicationAdministration": return administration(resource, at: location)
        default: return row(location, nil, .disposition(.notRelevant(code: type)))
        }
    }

    private func row(_ location: RowLocation, _ subject: String?, _ fact: ImportedFact)
        -> ImportedRow
    {
        ImportedRow(location: location, subject: subject, fact: fact)
    }

    private func patient(_ resource: FHIRElement, at location: RowLocation) -> ImportedRow {
        guard let id = resource["id"]?.string else {
            return row(location, nil, .disposition(.quarantined(reason: "patient-without-id")))
        }
        guard let birth = resource["birthDate"]?.string.flatMap({ CalendarDate($0) }) else {
            return row(
                location, id, .disposition(.quarantined(reason: "birth-date-missing-or-partial")))
        }
        let names = resource["name"]?.elements ?? []
        let name = names.first { $0["use"]?.string == "official" } ?? names.first
        guard let family = name?["family"]?.string else {
            return row(location, id, .disposition(.quarantined(reason: "name-missing")))
        }
        var identifiers = (resource["identifier"]?.elements ?? []).compactMap { element in
            element["system"]?.string.flatMap { system in
                element["value"]?.string.map { PatientIdentifier(system: system, value: $0) }
            }
        }
        if identifiers.isEmpty { identifiers = [PatientIdentifier(system: source, value: id)] }
        let identity = Identity(
            name: PersonName(
                family: family, given: (name?["given"]?.elements ?? []).compactMap(\.string)),
            birthDate: birth, identifiers: identifiers)
        let gender = resource["gender"]?.string.flatMap(AdministrativeGender.init(rawValue:))
        return row(
            location, id,
            .registration(ImportedRegistration(identity: identity, gender: gender ?? .unknown)))
    }

    private func observation(_ resource: FHIRElement, at location: RowLocation) -> ImportedRow {
        let subject = resource["subject"]?.referencedID
        func done(_ disposition: Disposition) -> ImportedRow {
            row(location, subject, .disposition(disposition))
        }
        guard let concept = resource["code"] else { return done(.quarantined(reason: "no-code")) }
        guard let code = concept.code(in: FHIRCodes.loinc) else {
            return done(.notRelevant(code: concept.countedAs))
        }
        let isWeight = BodyMeasure.weightCodes.contains(code)
        let isHeight = BodyMeasure.heightCodes.contains(code)
        let analyte = Analyte(loinc: code)
        guard isWeight || isHeight || analyte != nil else { return done(.notRelevant(code: code)) }
        guard let status = resource["status"]?.string else {
            return done(.quarantined(reason: "status-missing"))
        }
        guard let resultStatus = ResultStatus(fhir: status) else {
            return done(.notRelevant(code: "status-\(status)"))
        }
        guard let collected = time(of: resource) else {
            return done(.quarantined(reason: "collection-time-missing-or-without-offset"))
        }
        guard let quantity = resource["valueQuantity"] else {
            return done(.quarantined(reason: "no-numeric-value"))
        }
        guard let value = try? quantity["value"]?.number?.decimal() else {
            return done(.quarantined(reason: "value-missing-or-not-exact"))
        }
        let unit = quantity["code"]?.string ?? quantity["unit"]?.string
        do throws(LabReadingProblem) {
            if isWeight {
                return row(
                    location, subject,
                    .weight(try BodyMeasure.weight(value, unit: unit), at: collected))
            }
            if isHeight {
                return row(
                    location, subject,
                    .height(try BodyMeasure.height(value, unit: unit), at: collected))
            }
            guard let analyte else { return done(.notRelevant(code: code)) }
            var comparator: Infusion.Comparator?
            if let text = quantity["comparator"]?.string {
                guard let known = Infusion.Comparator(rawValue: text) else {
                    return done(.quarantined(reason: "comparator-unknown"))
                }
                comparator = known
            }
            let reading = try LabReading.make(
                analyte: analyte, value: value, comparator: comparator, unit: unit, code: code)
            return row(
                location, subject,
                .lab(
                    result(
                        resource, subject: subject, reading: reading, status: resultStatus,
                        collected: collected, code: code)))
        } catch {
            return done(.quarantined(reason: error.importReason))
        }
    }

    private func result(
        _ resource: FHIRElement, subject: String?, reading: LabReading, status: ResultStatus,
        collected: Instant, code: String
    ) -> LabResult {
        // A result without an id is known, within its patient, by what, when and how much.
        let id =
            resource["id"]?.string
            ?? [
                code, String(collected.microsecondsSinceUnixEpoch), "\(reading.value.reported)",
                reading.value.reportedUnit,
            ].joined(separator: "|")
        return LabResult(
            id: LabResultID(DerivedIdentifier.uuid("lab", id)), analyte: reading.analyte,
            value: reading.value, collectedAt: collected, status: status, referenceLow: nil,
            source: SourceIdentifier(system: source, value: id))
    }

    private func time(of resource: FHIRElement) -> Instant? {
        let text =
            resource["effectiveDateTime"]?.string ?? resource["effectiveInstant"]?.string
            ?? resource["effectivePeriod"]?["start"]?.string
        guard let text, text.contains("T") else { return nil }
        return ImportDateTime.instant(text)
    }

    private func condition(_ resource: FHIRElement, at location: RowLocation) -> ImportedRow {
        let subject = resource["subject"]?.referencedID
        func done(_ disposition: Disposition) -> ImportedRow {
            row(location, subject, .disposition(disposition))
        }
        guard let concept = resource["code"] else { return done(.quarantined(reason: "no-code")) }
        guard let code = concept.code(in: FHIRCodes.snomed),
            let context = FHIRCodes.context(snomed: code)
        else { return done(.notRelevant(code: concept.countedAs)) }
        let verification = resource["verificationStatus"]?.codings.first?["code"]?.string
        if let verification, ["refuted", "entered-in-error"].contains(verification) {
            return done(.notRelevant(code: verification))
        }
        let text = resource["onsetDateTime"]?.string ?? resource["recordedDate"]?.string
        guard let onset = text.flatMap(ImportDateTime.instant) else {
            return done(.quarantined(reason: "onset-missing"))
        }
        return row(
            location, subject,
            .condition(
                ImportedCondition(
                    context: context, onset: onset,
                    abatement: resource["abatementDateTime"]?.string.flatMap(ImportDateTime.instant)
                )))
    }

    /// Iron given elsewhere needs an order to count here; it is put aside for a person, not guessed at.
    private func administration(_ resource: FHIRElement, at location: RowLocation) -> ImportedRow {
        let subject = resource["subject"]?.referencedID
        let concept = resource["medicationCodeableConcept"]
        let isIron =
            concept?.code(in: FHIRCodes.atc)?.hasPrefix(FHIRCodes.parenteralIronATC) ?? false
        let disposition: Disposition =
            isIron
            ? .quarantined(reason: "iron-given-without-an-order-here")
            : .notRelevant(code: concept?.countedAs ?? "MedicationAdministration")
        return row(location, subject, .disposition(disposition))
    }
}

extension ResultStatus {
    /// `nil` for a status under which there is nothing to record: registered, cancelled, entered in error.
    init?(fhir status: String) {
        switch status {
        case "preliminary": self = .preliminary
        case "final": self = .final
        case "amended": self = .amended
        case "corrected": self = .corrected
        default: return nil
        }
    }
}

extension LabReadingProblem {
    /// The stable code a quarantined row carries.
    var importReason: String {
        switch self {
        case .missingUnit: "unit-missing"
        case .unknownUnit: "unit-unknown"
        case .outOfRange: "value-impossible"
        case .ambiguousFraction: "saturation-fraction-or-percent"
        case .codeUnitMismatch: "code-and-unit-disagree"
        case .unknownCode: "code-unknown"
        }
    }
}
