import Foundation

extension Decision {
    func record(_ results: [LabResult]) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireCount(
            results.count, field: "results", accepted: 1...InfusionLimits.labsPerCommand)
        var seen = Set<LabResultID>()
        var events: [PatientEvent] = []
        for (index, result) in results.enumerated() {
            let field = "results[\(index)]"
            guard seen.insert(result.id).inserted else {
                throw .duplicateIdentifier(field: field + ".id")
            }
            try validate(result, field: field)
            if try isRedelivery(result, field: field) { continue }
            try requireBindable(
                result.value, of: result.analyte, collectedAt: result.collectedAt,
                besides: results, except: result.id, field: field)
            events.append(happened(.labRecorded(result), at: result.collectedAt))
        }
        return events
    }

    /// The same result again from the same source changes nothing; a different one under the same
    /// name must come as a correction.
    private func isRedelivery(_ result: LabResult, field: String) throws(Refusal) -> Bool {
        if let known = state.lab(result.id) {
            guard says(known, result) else { throw .duplicateIdentifier(field: field + ".id") }
            return true
        }
        guard let source = result.source,
            let known = state.labs.first(where: {
                $0.source == source && $0.analyte == result.analyte
            })
        else { return false }
        guard says(known, result) else { throw .duplicateIdentifier(field: field + ".source") }
        return true
    }

    private func says(_ known: LabRecord, _ result: LabResult) -> Bool {
        known.analyte == result.analyte
            && known.chain.contains {
                $0.value == result.value && $0.status == result.status
                    && $0.collectedAt == result.collectedAt
            }
    }

    private func validate(_ result: LabResult, field: String) throws(Refusal) {
        try validate(
            result.value, of: result.analyte, collectedAt: result.collectedAt, field: field)
        if let low = result.referenceLow, low < 0 {
            throw .invalidValue(
                field: field + ".referenceLow", problem: "is negative", accepted: "0 or more")
        }
        if let source = result.source {
            let length = 1...InfusionLimits.identifierCharacters
            try requireText(source.system, field: field + ".source.system", characters: length)
            try requireText(source.value, field: field + ".source.value", characters: length)
        }
    }

    private func validate(
        _ value: LabValue, of analyte: Analyte, collectedAt: Instant, field: String
    ) throws(Refusal) {
        try requirePast(collectedAt, field: field + ".collectedAt")
        if let birth = state.registration?.identity.value?.birthDate,
            localDate(collectedAt) < birth
        {
            throw .invalidValue(
                field: field + ".collectedAt", problem: "lies before the patient's birth",
                accepted: "\(birth) or later")
        }
        do throws(LabReadingProblem) {
            let reading = try LabReading.make(
                analyte: analyte, value: value.reported, comparator: value.comparator,
                unit: value.reportedUnit)
            guard reading.value.canonical == value.canonical else {
                throw LabReadingProblem.outOfRange(
                    canonical: value.canonical,
                    accepted: "\(reading.value.canonical) \(analyte.canonicalUnit)")
            }
        } catch {
            throw error.refusal(field: field + ".value")
        }
    }

    /// Iron is never more than what binds it (facts §3.1): where both are of one collection, one of them is
    /// wrong or of another specimen. A comparator leaves it open.
    private func requireBindable(
        _ value: LabValue, of analyte: Analyte, collectedAt: Instant,
        besides results: [LabResult] = [], except id: LabResultID, field: String
    ) throws(Refusal) {
        let pair: [Analyte: Analyte] = [
            .iron: .totalIronBindingCapacity, .totalIronBindingCapacity: .iron,
        ]
        guard let partner = pair[analyte] else { return }
        let told = results.filter { $0.analyte == partner && $0.collectedAt == collectedAt }
        let known = state.labs.filter { lab in
            lab.analyte == partner && lab.retraction == nil && lab.collectedAt == collectedAt
                && lab.id != id
        }
        let unit = analyte.canonicalUnit
        for other in told.map(\.value) + known.map(\.current.value)
        where value.comparator == nil && other.comparator == nil {
            let limit = "\(other.canonical) \(unit)"
            if analyte == .iron, value.canonical > other.canonical {
                throw .invalidValue(
                    field: field + ".value",
                    problem: "is above the iron-binding capacity of the same specimen, \(limit)",
                    accepted: "\(limit) or less")
            }
            if partner == .iron, value.canonical < other.canonical {
                throw .invalidValue(
                    field: field + ".value",
                    problem: "is below the iron of the same specimen, \(limit)",
                    accepted: "\(limit) or more")
            }
        }
    }

    func correct(_ correction: LabCorrected) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard let lab = state.lab(correction.result) else { throw .labNotFound(correction.result) }
        guard lab.retraction == nil else { throw .labAlreadyRetracted(correction.result) }
        try validate(
            correction.value, of: lab.analyte, collectedAt: correction.collectedAt,
            field: "correction")
        try requireBindable(
            correction.value, of: lab.analyte, collectedAt: correction.collectedAt,
            except: lab.id, field: "correction")
        let current = lab.current
        if correction.status == .preliminary, current.status != .preliminary {
            throw .invalidValue(
                field: "correction.status", problem: "a decided result cannot become preliminary",
                accepted: "final, amended, corrected")
        }
        if current.value == correction.value, current.status == correction.status,
            current.collectedAt == correction.collectedAt
        {
            return []
        }
        // As of the earlier of both collections the first statement must no longer be read alone.
        let effective = min(correction.collectedAt, lab.chain[0].collectedAt)
        return [happened(.labCorrected(correction), at: effective)]
    }

    func retract(_ retraction: LabRetracted) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard let lab = state.lab(retraction.result) else { throw .labNotFound(retraction.result) }
        guard lab.retraction == nil else { throw .labAlreadyRetracted(retraction.result) }
        // It should never have been: it is not to be read on any day since its collection.
        let effective = lab.chain.map(\.collectedAt).min() ?? lab.current.collectedAt
        return [happened(.labRetracted(retraction), at: effective)]
    }
}

extension LabReadingProblem {
    /// The same problem as a refusal: which field, what is wrong with it, what would be taken.
    func refusal(field: String) -> Refusal {
        switch self {
        case .missingUnit(let accepted):
            .invalidValue(
                field: field + ".unit", problem: "is missing",
                accepted: accepted.joined(separator: ", "))
        case .unknownUnit(let unit, let accepted):
            .invalidValue(
                field: field + ".unit", problem: "is \(unit)",
                accepted: accepted.joined(separator: ", "))
        case .outOfRange(let canonical, let accepted):
            .invalidValue(field: field, problem: "reads as \(canonical)", accepted: accepted)
        case .ambiguousFraction(let value):
            .invalidValue(
                field: field, problem: "is \(value): a fraction or a percentage",
                accepted: "0, or 1 to 100 %")
        case .codeUnitMismatch(let code, let unit):
            .invalidValue(
                field: field + ".unit", problem: "\(unit) does not fit the code \(code)",
                accepted: "a unit of the code's property")
        case .unknownCode(let code, let accepted):
            .invalidValue(
                field: field, problem: "has the code \(code)",
                accepted: accepted.joined(separator: ", "))
        }
    }
}
