extension PatientState {
    /// The patient as `knowledge` has them, for a decision to be asked again.
    ///
    /// Of identity, of a slot that was moved and of a hold that was lifted the state keeps the last
    /// word only, and that is what is read.
    func known(to knowledge: Knowledge) -> PatientState {
        var known = self
        known.labs = labs.compactMap { $0.known(to: knowledge) }
        known.labIndex = Dictionary(
            known.labs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
        known.weights = weights.known(to: knowledge)
        known.heights = heights.known(to: knowledge)
        known.contexts = contexts.known(to: knowledge)
        known.facts = facts.known(to: knowledge)
        known.chairsideChecks = chairsideChecks.known(to: knowledge)
        known.doses = doses.compactMap { $0.known(to: knowledge) }
        known.reactions = reactions.compactMap { $0.known(to: knowledge) }
        known.transfusions = transfusions.filter { knowledge.holds($0) }
        let begun = Set(known.doses.map(\.id))
        known.orders = orders.filter { knowledge.decided($0.version) }.map { order in
            var order = order
            order.holds.removeAll { !knowledge.decided($0.version) }
            if let end = order.cancellation, !knowledge.decided(end.version) {
                order.cancellation = nil
            }
            order.given = known.doses.filter { $0.order == order.id }.map(\.given).sum()
            return order
        }
        known.transfusionOrders = transfusionOrders.filter { knowledge.decided($0.version) }.map {
            order in
            var order = order
            if let end = order.cancellation, !knowledge.decided(end.version) {
                order.cancellation = nil
            }
            if let filled = order.filled, !knowledge.holds(filled) { order.filled = nil }
            return order
        }
        known.appointments = appointments.filter { knowledge.decided($0.version) }.map { visit in
            var visit = visit
            switch visit.status {
            case .attended(let dose): if !begun.contains(dose) { visit.status = .booked }
            case .transfused(let id):
                if !known.transfusions.contains(where: { $0.value.id == id }) {
                    visit.status = visit.begun == nil ? .booked : .begun
                }
            case .held, .booked, .arrived, .begun, .cancelled, .missed, .expired: break
            }
            if let left = visit.left, !knowledge.holds(left) { visit.left = nil }
            if let begun = visit.begun, !knowledge.holds(begun) {
                visit.begun = nil
                if visit.status == .begun { visit.status = .booked }
            }
            return visit
        }
        known.overrides = overrides.filter { knowledge.decided($0.version) }.map { record in
            var record = record
            if let dose = record.spentBy, !begun.contains(dose) { record.spentBy = nil }
            return record
        }
        return known
    }
}

extension ClinicalFacts {
    fileprivate func known(to knowledge: Knowledge) -> ClinicalFacts {
        var known = ClinicalFacts()
        known.infection = infection.known(to: knowledge)
        known.pregnancy = pregnancy.known(to: knowledge)
        known.ironAllergies = ironAllergies.known(to: knowledge)
        known.knownIronOverload = knownIronOverload.known(to: knowledge)
        known.hypophosphatemiaRisk = hypophosphatemiaRisk.known(to: knowledge)
        known.cardiovascularDisease = cardiovascularDisease.known(to: knowledge)
        known.therapies = therapies.mapValues { $0.known(to: knowledge) }
        known.deceased = deceased.known(to: knowledge)
        known.conditions = conditions.mapValues { $0.known(to: knowledge) }
        known.symptoms = symptoms.mapValues { $0.known(to: knowledge) }
        known.bleeding = bleeding.mapValues { $0.known(to: knowledge) }
        known.planned = planned.mapValues { $0.known(to: knowledge) }
        known.cancerInfusions = cancerInfusions.known(to: knowledge)
        known.happened = happened.mapValues { $0.known(to: knowledge) }
        known.tested = tested.mapValues { $0.known(to: knowledge) }
        return known
    }
}

extension DoseRecord {
    fileprivate func known(to knowledge: Knowledge) -> DoseRecord? {
        guard knowledge.holds(version, at: startedAt) else { return nil }
        var known = self
        if let end, !knowledge.holds(end.version, at: end.at) { known.end = nil }
        if let discharge, !knowledge.holds(discharge) { known.discharge = nil }
        return known
    }
}

extension ReactionRecord {
    fileprivate func known(to knowledge: Knowledge) -> ReactionRecord? {
        var known = self
        known.grades = grades.filter { knowledge.holds($0) }
        return known.grades.isEmpty ? nil : known
    }
}
