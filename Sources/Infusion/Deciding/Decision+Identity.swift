import Foundation

extension Decision {
    func register(_ command: RegisterPatient) throws(Refusal) -> [PatientEvent] {
        guard state.registration == nil else { throw .patientAlreadyRegistered }
        try validate(command.identity)
        try requirePlaceName(command.site.name, field: "site")
        return [
            happensNow(
                .patientRegistered(
                    PatientRegistered(
                        patient: command.patient, identity: .present(command.identity),
                        gender: command.gender, site: command.site)))
        ]
    }

    func correct(
        _ identity: Identity, _ gender: AdministrativeGender
    ) throws(Refusal) -> [PatientEvent] {
        let registration = try requireRegistered()
        try validate(identity)
        if registration.identity == .present(identity), registration.gender == gender { return [] }
        return [
            happensNow(
                .identityCorrected(IdentityCorrected(identity: .present(identity), gender: gender)))
        ]
    }

    private func validate(_ identity: Identity) throws(Refusal) {
        let name = 1...InfusionLimits.nameCharacters
        try requireText(identity.name.family, field: "identity.name.family", characters: name)
        try requireCount(
            identity.name.given.count, field: "identity.name.given",
            accepted: 0...InfusionLimits.givenNamesPerPatient)
        for (index, given) in identity.name.given.enumerated() {
            try requireText(given, field: "identity.name.given[\(index)]", characters: name)
        }
        let today = localDate(now)
        guard identity.birthDate <= today else { throw .inTheFuture(field: "identity.birthDate") }
        let age = today.completedYears(since: identity.birthDate)
        guard age <= InfusionLimits.ageYears else {
            throw .invalidValue(
                field: "identity.birthDate", problem: "gives an age of \(age) years",
                accepted: "0 to \(InfusionLimits.ageYears) years")
        }
        try validate(identity.identifiers)
    }

    private func validate(_ identifiers: [PatientIdentifier]) throws(Refusal) {
        try requireCount(
            identifiers.count, field: "identity.identifiers",
            accepted: 0...InfusionLimits.identifiersPerPatient)
        let length = 1...InfusionLimits.identifierCharacters
        for (index, identifier) in identifiers.enumerated() {
            let field = "identity.identifiers[\(index)]"
            try requireText(identifier.system, field: field + ".system", characters: length)
            try requireText(identifier.value, field: field + ".value", characters: length)
        }
        guard Set(identifiers).count == identifiers.count else {
            throw .duplicateIdentifier(field: "identity.identifiers")
        }
    }

    func requireCount(
        _ count: Int, field: String, accepted: ClosedRange<Int>
    ) throws(Refusal) {
        guard accepted.contains(count) else {
            throw .invalidValue(
                field: field, problem: "has \(count) entries",
                accepted: "\(accepted.lowerBound) to \(accepted.upperBound)")
        }
    }

    /// The names of sites and chairs; a site's are `a-z 0-9 -`.
    func requirePlaceName(_ name: String, field: String) throws(Refusal) {
        let allowed = name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard allowed, (1...InfusionLimits.placeNameCharacters).contains(name.utf8.count) else {
            throw .invalidValue(
                field: field, problem: "is not a site name",
                accepted: "1 to \(InfusionLimits.placeNameCharacters) of a-z, 0-9, -")
        }
    }
}
