extension Decision {
    func record(_ transfusion: Transfusion, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard !state.transfusions.contains(where: { $0.value.id == transfusion.id }) else {
            throw .duplicateIdentifier(field: "id")
        }
        guard InfusionLimits.transfusionUnits.contains(transfusion.units) else {
            throw .invalidValue(
                field: "units", problem: "is \(transfusion.units)",
                accepted: "\(InfusionLimits.transfusionUnits.lowerBound) to "
                    + "\(InfusionLimits.transfusionUnits.upperBound) units")
        }
        try requirePast(at, field: "at")
        return [happened(.transfusionRecorded(transfusion), at: at)]
    }

    func close(_ id: RecheckID, reason: RecheckCloseReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard let open = state.openRechecks[id] else { throw .recheckNotOpen(id) }
        return [
            happensNow(
                .recheckClosed(
                    RecheckClosed(
                        id: id, reason: .closedByPerson(reason), evidence: open.value.evidence)))
        ]
    }
}
