import Foundation
import Infusion

/// What happens beside the visits, sensible or not.
extension RandomHistory {
    mutating func anything() -> PatientCommand {
        switch random.number(0...12) {
        case 0, 1: return labs()
        case 2: return correction()
        case 3: return facts()
        case 4:
            return .recordMeasurements(
                weight: Kilograms(Decimal(random.number(45...95))), height: nil, at: moment())
        case 5: return order()
        case 6: return orderChange()
        case 7: return booking()
        case 8: return reaction()
        case 9:
            return .recordTransfusion(
                Transfusion(id: fresh(), units: random.number(0...3)), at: moment())
        case 10: return override()
        case 11:
            if let open = story.state.openRechecks.keys.sorted(by: {
                $0.description < $1.description
            }).first {
                return .closeRecheck(open, reason: .clinicianDecision)
            }
            return labs()
        default: return discharge()
        }
    }

    mutating func discharge() -> PatientCommand {
        let dose: DoseID = story.state.doses.last?.id ?? id(3)
        return .dischargePatient(dose, stable: !random.chance(6), at: now)
    }

    /// Ferritin and phosphate are such as come out of pmol/L and mmol/L without a remainder, and
    /// no phosphate lies between the two units' own lower limits, 0.80 mmol/L and 2.5 mg/dL.
    private mutating func labs() -> PatientCommand {
        counted = nil
        let at = moment()
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, Decimal(random.number(6...15))),
            (.ferritin, Decimal(random.number(12...270)) * decimal("0.445")),
            (.transferrinSaturation, Decimal(random.number(5...30))),
            (.phosphate, Decimal(random.pick([3, 5, 7, 9, 10, 11, 12, 13])) * decimal("0.3097")),
            (.cReactiveProtein, Decimal(random.number(1...20))),
        ]
        let told = values.filter { _ in !random.chance(3) }
        return .recordLabs(
            told.map { analyte, value in
                LabResult(
                    id: fresh(), analyte: analyte, value: value.of(analyte),
                    collectedAt: at, status: random.chance(8) ? .preliminary : .final,
                    referenceLow: nil,
                    source: nil)
            })
    }

    private mutating func correction() -> PatientCommand {
        guard let lab = story.state.labs.randomElement(using: &random) else { return labs() }
        counted = nil
        if random.chance(2) {
            return .retractLab(LabRetracted(result: lab.id, reason: .enteredInError))
        }
        return .correctLab(
            LabCorrected(
                result: lab.id, value: Decimal(random.number(5...12)).of(lab.analyte),
                status: .corrected, collectedAt: moment()))
    }

    private mutating func facts() -> PatientCommand {
        let contexts: Set<ClinicalContext> = [random.pick([.general, .oncology, .heartFailure])]
        var facts: [ClinicalFact] = [
            .infection(active: random.chance(8)), .hypophosphatemiaRisk(present: random.chance(2)),
            .pregnancy(.notPregnant), .therapy(.chemotherapy, active: random.chance(3)),
        ]
        if random.chance(4) { facts.append(.knownIronOverload(random.chance(3))) }
        if random.chance(8) {
            facts.append(
                .ironAllergy(
                    IronAllergy(
                        moiety: random.chance(3) ? nil : random.pick(Moiety.allCases),
                        serious: isLate && random.chance(2))))
        }
        if random.chance(4) { facts.append(.condition(.atopy, present: random.chance(2))) }
        return .setClinicalContext(contexts, facts: facts, at: moment(), signOff: signOff)
    }

    private mutating func orderChange() -> PatientCommand {
        guard let order = story.state.orders.randomElement(using: &random)?.id else {
            return self.order()
        }
        return random.pick([
            .holdOrder(order, reason: .clinicianDecision), .releaseOrder(order, signOff: signOff),
            .releaseOrder(order, signOff: signOff),
            .cancelOrder(order, reason: .clinicianDecision),
        ])
    }

    mutating func booking() -> PatientCommand {
        guard let order = story.state.orders.randomElement(using: &random)?.id else {
            return self.order()
        }
        let slot = Act.slot(now.adding(hours: Int64(random.number(-2...400))))
        if let booked = story.state.appointments.last(where: { $0.status == .booked })?.id {
            return random.pick([
                .moveAppointment(booked, to: slot), .recordNoShow(booked),
                .cancelAppointment(booked, reason: .patientRequest),
                .bookAppointment(fresh(), order: order, slot: slot),
            ])
        }
        return .bookAppointment(fresh(), order: order, slot: slot)
    }

    /// Mostly such as pass; late in a history any, and severe ones among them.
    mutating func reaction() -> PatientCommand {
        let dose: DoseID = story.state.doses.last?.id ?? id(3)
        if let known = story.state.reactions.last?.id, random.chance(2) {
            return .regradeReaction(
                known, to: .ctcae(random.number(0...(isLate ? 4 : 2))), signOff: signOff)
        }
        let passing: [ReactionKind] = [
            .nauseaVomiting, .headacheDizziness, .metallicTaste, .injectionSite, .hypotension,
            .fishbane,
        ]
        let kind = random.pick(isLate ? ReactionKind.allCases : passing)
        let grade: ReactionGrade =
            if isLate, random.chance(8) { .ungraded } else {
                .ctcae(isLate && random.chance(3) ? 3 : 1)
            }
        return .logReaction(
            Reaction(
                id: fresh(), dose: dose, kind: kind, grade: grade, onsetMinute: 3,
                deliveredAtOnset: nil), at: now)
    }

    /// Mostly of two people, one of them a prescriber; of one, of a nurse or of nobody as the history is long.
    var signOff: GivenSignOff? {
        switch story.state.version.value % 8 {
        case 0: nil
        case 1: Act.signOff(coSigner: nil)
        case 2: Act.signOff(by: .nurse)
        default: Act.signOff()
        }
    }

    mutating func override() -> PatientCommand {
        let gate =
            random.chance(3) ? random.pick(Gate.allCases) : random.pick([.interval, .diagnosis])
        let orders = story.state.orders
        guard let last = current ?? orders.last else { return order() }
        let order = random.chance(5) ? random.pick(orders) : last
        return .overrideGate(
            permission(
                for: gate, of: order.id, by: random.chance(6) ? .nurse : .prescriber,
                coSigner: random.chance(6) ? nil : "Dr Verdi", hours: random.number(1...72)))
    }

    mutating func permission(
        for gate: Gate, of order: OrderID, dose: Milligrams? = nil, by role: ClinicalRole,
        coSigner: String?, hours: Int
    ) -> OverrideGate {
        OverrideGate(
            id: fresh(), gate: gate, order: order, reason: .benefitOutweighsRisk,
            justification: "discussed with the patient", role: role, coSigner: coSigner,
            expiresAt: now.adding(hours: Int64(hours)), dose: dose)
    }
}
