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
        case "Observation":
            return row(
                location, resource["subject"]?.referencedID,
                FHIRObservation(resource: resource, source: source).fact)
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
        guard let family = name?["family"]?.string?.trimmed, !family.isEmpty else {
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
                family: family,
                given: (name?["given"]?.elements ?? []).compactMap { $0.string?.trimmed }
                    .filter { !$0.isEmpty }),
            birthDate: birth, identifiers: identifiers)
        let code = resource["gender"]
        let gender = code?.string.flatMap(AdministrativeGender.init(rawValue:))
        return ImportedRow(
            location: location, subject: id,
            fact: .registration(
                ImportedRegistration(identity: identity, gender: gender ?? .unknown)),
            note: code != nil && gender == nil ? .genderCodeUnknown : nil)
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

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
