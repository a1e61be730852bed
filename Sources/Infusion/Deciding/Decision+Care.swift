extension Decision {
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
