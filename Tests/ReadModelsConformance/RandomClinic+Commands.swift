import Foundation
import Infusion

extension RandomClinic {
    /// A command that may make sense for the patient as they are.
    mutating func command(
        for patient: PatientID, _ site: SiteID, _ state: PatientState
    ) -> PatientCommand {
        guard state.registration != nil else { return register(patient, site) }
        if let dose = state.doseInProgress { return during(dose, state) }
        if generator.chance(55) { return course(state, site) }
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<22: return labs()
        case ..<27: return laterOnLabs(state)
        case ..<33:
            return .recordMeasurements(
                weight: Kilograms(Decimal(Int.random(in: 55...95, using: &generator))), height: nil,
                at: now)
        case ..<43: return context(state)
        case ..<53: return order()
        case ..<58: return toOrder(state)
        case ..<74: return book(state, site)
        case ..<82: return toAppointment(state)
        case ..<90: return start(state)
        case ..<92: return redCells()
        case ..<97: return reaction(state)
        default: return closeRecheck(state)
        }
    }

    /// The next step of a course of iron: what the gates ask for, an order, a visit, a dose.
    private mutating func course(_ state: PatientState, _ site: SiteID) -> PatientCommand {
        func isOld(_ instant: Instant?, days: Int64) -> Bool {
            instant.map { $0 < now.adding(hours: -24 * days) } ?? true
        }
        if isOld(state.weights.latest?.effectiveAt, days: 20) {
            return .recordMeasurements(weight: Kilograms(80), height: nil, at: now)
        }
        if isOld(state.facts.infection.latest?.effectiveAt, days: 4) || state.contexts.latest == nil
        {
            return .setClinicalContext(
                [.general], facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now)
        }
        let ferritin = state.labs.last { $0.analyte == .ferritin && $0.isReadable }
        if isOld(ferritin?.current.collectedAt, days: 20) { return labs() }
        guard state.orders.contains(where: { $0.status == .active }) else { return order() }
        return generator.chance(50) ? book(state, site) : start(state)
    }

    /// An order of red cells, or a unit given, which fills the order that is open.
    private mutating func redCells() -> PatientCommand {
        if generator.chance(50) {
            return .recordTransfusion(Transfusion(id: fresh(), units: 1), at: now)
        }
        return .orderTransfusion(
            OrderTransfusion(
                id: fresh(), units: 1, indication: .general,
                signature: Signature(prescriber: "dr-verdi", signedAt: now)))
    }

    private mutating func fresh<Subject>() -> Identifier<Subject> {
        ClinicFacts.identifiers(Identifier<Subject>.self, &generator)
    }

    private mutating func register(_ patient: PatientID, _ site: SiteID) -> PatientCommand {
        let identity = Identity(
            name: PersonName(family: "Rossi", given: ["Ada"]),
            birthDate: CalendarDate(dayNumber: Int.random(in: 0...8_000, using: &generator)),
            identifiers: [PatientIdentifier(system: "urn:test", value: patient.description)])
        return .registerPatient(
            RegisterPatient(
                patient: patient, identity: identity,
                gender: generator.chance(50) ? .male : .female,
                site: site))
    }

    private mutating func labs() -> PatientCommand {
        let hemoglobin = Decimal(Int.random(in: 60...115, using: &generator)) / 10
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, hemoglobin),
            (.ferritin, Decimal(Int.random(in: 5...25, using: &generator))),
            (.transferrinSaturation, Decimal(Int.random(in: 4...14, using: &generator))),
            (.cReactiveProtein, 2),
            (.phosphate, Decimal(Int.random(in: 25...45, using: &generator)) / 10),
        ]
        let collected = now.adding(hours: -Int64.random(in: 0...48, using: &generator))
        let chosen = generator.chance(70) ? values : values.filter { _ in generator.chance(60) }
        let results = (chosen.isEmpty ? values : chosen).map { analyte, value in
            LabResult(
                id: fresh(), analyte: analyte, value: ClinicFacts.value(value, of: analyte),
                collectedAt: collected, status: generator.chance(90) ? .final : .preliminary,
                referenceLow: nil, source: nil)
        }
        return .recordLabs(results)
    }

    private mutating func laterOnLabs(_ state: PatientState) -> PatientCommand {
        guard let lab = generator.pick(state.labs) else { return labs() }
        if generator.chance(40) {
            return .retractLab(LabRetracted(result: lab.id, reason: .enteredInError))
        }
        let value = lab.current.value.canonical + 1
        return .correctLab(
            LabCorrected(
                result: lab.id, value: ClinicFacts.value(value, of: lab.analyte),
                status: .corrected,
                collectedAt: lab.current.collectedAt))
    }

    private mutating func context(_ state: PatientState) -> PatientCommand {
        let contexts: Set<ClinicalContext> =
            generator.chance(70) ? [.general] : [generator.chance(50) ? .oncology : .heartFailure]
        return .setClinicalContext(
            contexts, facts: [.infection(active: false), .pregnancy(.notPregnant)], at: now)
    }

    private mutating func order() -> PatientCommand {
        .orderInfusion(
            OrderInfusion(
                id: fresh(), product: ProductKey("injectafer"), dosingRow: DosingRowID("FCM-US-2"),
                indication: .general, prescribed: [Milligrams(750), Milligrams(750)],
                method: .labelCourse, targetHemoglobin: nil, stores: nil,
                signature: Signature(prescriber: "Dr Bianchi", signedAt: now)))
    }

    /// Of two people, as what lifts a block asks for.
    private var signOff: GivenSignOff {
        GivenSignOff(
            reason: .clinicianReview, justification: "reviewed with the allergist",
            role: .prescriber, coSigner: "Dr Verdi")
    }

    private mutating func toOrder(_ state: PatientState) -> PatientCommand {
        if let held = state.orders.first(where: { $0.status == .held }) {
            return .releaseOrder(held.id, signOff: signOff)
        }
        guard let order = generator.pick(state.orders.map(\.id)) else { return order() }
        return generator.chance(70)
            ? .holdOrder(order, reason: .awaitingLabs)
            : .cancelOrder(order, reason: .clinicianDecision)
    }

    /// Quarters of an hour over three days and two chairs: half of all bookings meet another.
    mutating func slot(_ site: SiteID) -> AppointmentSlot {
        let day: Int64 = 86_400_000_000
        let today = now.microsecondsSinceUnixEpoch / day * day
        let quarter = Int64.random(in: 52...80, using: &generator)
        let start = Instant(
            microsecondsSinceUnixEpoch: today + Int64.random(in: 1...3, using: &generator) * day
                + quarter * 900_000_000)
        return AppointmentSlot(
            site: site, chair: generator.pick(ClinicFacts.chairs) ?? ChairID("1"), start: start,
            end: start.adding(minutes: Int64.random(in: 2...8, using: &generator) * 15))
    }

    private mutating func book(_ state: PatientState, _ site: SiteID) -> PatientCommand {
        guard let order = generator.pick(state.orders.filter { $0.status == .active }) else {
            return order()
        }
        if generator.chance(20), let waiting = waiting(state, site) { return waiting }
        let slot = slot(site)
        return generator.chance(30)
            ? .holdAppointment(
                fresh(), order: order.id, slot: slot, minutes: generator.chance(50) ? 15 : 1_440)
            : .bookAppointment(fresh(), order: order.id, slot: slot)
    }

    private mutating func toAppointment(_ state: PatientState) -> PatientCommand {
        if generator.chance(40), let dose = state.doses.last(where: { $0.isObserved }) {
            // Half an hour of observation at the least; more after a reaction, where this is refused.
            pass(until: (dose.end?.at ?? now).adding(minutes: 40))
            return .dischargePatient(dose.id, stable: true, at: now)
        }
        if let hold = state.appointments.last(where: \.isHeld), generator.chance(60) {
            return hold.status.isToCome(at: now)
                ? .confirmAppointment(hold.id) : .expireHold(hold.id)
        }
        guard let appointment = generator.pick(state.appointments.filter { $0.status == .booked })
        else { return labs() }
        if generator.chance(20) {
            pass(until: appointment.slot.start)
            return .recordArrival(appointment.id, at: now)
        }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .cancelAppointment(appointment.id, reason: .patientRequest)
        case 1: return .recordNoShow(appointment.id)
        default: return .moveAppointment(appointment.id, to: slot(appointment.slot.site))
        }
    }

    private mutating func start(_ state: PatientState) -> PatientCommand {
        guard let order = generator.pick(state.orders.filter { $0.status == .active }) else {
            return order()
        }
        let visits = state.appointments.filter {
            $0.order == order.id && ($0.status == .booked || $0.status == .arrived)
        }
        let visit = generator.chance(70) ? generator.pick(visits) : nil
        if let visit { pass(until: visit.slot.start) }
        return .startDose(
            StartDose(
                id: fresh(), order: order.id,
                appointment: visit?.id,
                planned: min(Milligrams(750), order.remaining), at: now))
    }

    private mutating func during(_ dose: DoseRecord, _ state: PatientState) -> PatientCommand {
        if generator.chance(25) { return reaction(state) }
        if dose.openPause == nil, dose.pauses.isEmpty, generator.chance(20) {
            return .pauseDose(
                dose.id, reason: .patientRequest, at: dose.startedAt.adding(minutes: 5))
        }
        if dose.openPause != nil, generator.chance(70) {
            return .resumeDose(
                DoseResumed(id: dose.id, ratePercent: 50, isResolved: true, role: .prescriber),
                at: dose.startedAt.adding(minutes: 25))
        }
        let isStopped = generator.chance(25)
        let end = EndDose(
            id: dose.id,
            given: isStopped ? Milligrams(Decimal(string: "212.5") ?? 0) : dose.started.planned,
            lot: LotNumber("L-1"),
            expiry: CalendarDate(dayNumber: 30_000), at: dose.startedAt.adding(minutes: 30))
        return isStopped ? .stopDose(end, reason: .patientRequest) : .completeDose(end)
    }

    private mutating func reaction(_ state: PatientState) -> PatientCommand {
        if let known = generator.pick(state.reactions), generator.chance(50) {
            return .regradeReaction(
                known.id, to: .ctcae(Int.random(in: 1...3, using: &generator)), signOff: signOff)
        }
        guard let dose = state.doses.last else { return labs() }
        return .logReaction(
            Reaction(
                id: fresh(), dose: dose.id, kind: .headacheDizziness,
                grade: generator.chance(70) ? .ctcae(1) : .ungraded, onsetMinute: 5,
                deliveredAtOnset: nil),
            at: max(dose.startedAt, min(now, dose.startedAt.adding(hours: 2))))
    }

    private mutating func closeRecheck(_ state: PatientState) -> PatientCommand {
        let open = state.openRechecks.keys.sorted { $0.description < $1.description }
        guard let recheck = generator.pick(open) else { return labs() }
        return .closeRecheck(recheck, reason: .clinicianDecision)
    }
}

extension AppointmentRecord {
    fileprivate var isHeld: Bool { if case .held = status { true } else { false } }
}

extension DoseRecord {
    /// The infusion has ended and the patient is still in the chair.
    fileprivate var isObserved: Bool { end != nil && discharge == nil }
}
