public import EventStore
import Foundation
public import Infusion
import InfusionJournal
public import InfusionProjections

/// A clinic that does random things, one batch of commands after another, the same for the same
/// seed.
///
/// Every event is decided by ``PatientDecider``. On the way to the log things go wrong on purpose:
/// stale versions, ids sent twice, ids used for something else, chairs that are taken.
public struct RandomClinic: Sendable {
    public let tenant: TenantID
    public private(set) var patients: [PatientID] = []
    /// What the log has accepted, by patient.
    public private(set) var states: [PatientID: PatientState] = [:]
    public private(set) var now = ClinicFacts.start

    var generator: SeededGenerator
    private let maximumPatients: Int
    /// How many visits a quarter hour bears at each site; `nil` where nobody counts.
    private let nurses: CapacityVisit.Plan?
    private let decider = PatientDecider()
    /// The commands of the batch that is out, with what each would leave behind.
    private var pending: [(patient: PatientID, after: PatientState)] = []
    private var accepted: [Append<PatientChanges>] = []

    /// - Parameter nurses: How many visits a quarter hour bears at each site; `nil` where nobody counts.
    public init(
        tenant: TenantID, seed: UInt64, patients: Int = 6, nurses: CapacityVisit.Plan? = nil
    ) {
        self.tenant = tenant
        self.nurses = nurses
        maximumPatients = patients
        generator = SeededGenerator(seed: seed)
    }

    /// One to six commands, some for the same patient; never empty.
    public mutating func nextBatch() -> [Append<PatientChanges>] {
        var batch: [Append<PatientChanges>] = []
        var ahead = states
        pending = []
        let count = Int.random(in: 1...6, using: &generator)
        while batch.count < count {
            now = now.adding(minutes: Int64.random(in: 1...900, using: &generator))
            if !accepted.isEmpty, generator.chance(4) {
                let again = resent()
                batch.append(again)
                pending.append((PatientID(again.stream.uuid), PatientState()))
                continue
            }
            let patient = somebody()
            let before = ahead[patient] ?? PatientState()
            guard let events = happening(to: patient, before) else { continue }
            let after = events.reduce(into: before) { $0.apply($1) }
            ahead[patient] = after
            batch.append(append(events, of: patient, before: before, after: after))
            pending.append((patient, after))
        }
        return batch
    }

    /// What became of the batch.
    public mutating func settle(_ batch: [Append<PatientChanges>], _ outcomes: [AppendOutcome]) {
        for ((append, expected), outcome) in zip(zip(batch, pending), outcomes) {
            guard case .appended = outcome else { continue }
            states[expected.patient] = expected.after
            if !patients.contains(expected.patient) { patients.append(expected.patient) }
            accepted.append(append)
        }
        pending = []
    }

    /// An event that this program cannot read was appended to the patient's stream by somebody else.
    public mutating func leaveOut(of patient: PatientID) { states[patient]?.leaveOut() }

    /// Nothing happens until then.
    mutating func pass(until instant: Instant) { now = max(now, instant) }

    private mutating func somebody() -> PatientID {
        if let known = generator.pick(patients),
            patients.count >= maximumPatients || generator.chance(85)
        {
            return known
        }
        return ClinicFacts.identifiers(PatientID.self, &generator)
    }

    /// The events of some command that is accepted; `nil` if none was found.
    private mutating func happening(to patient: PatientID, _ state: PatientState) -> [PatientEvent]?
    {
        let site = state.registration?.site ?? ClinicFacts.sites[patients.count % 2]
        for _ in 0..<8 {
            let command = command(for: patient, site, state)
            let context = ClinicFacts.context(site: site, now: now)
            let check = checked(command, state, context)
            let after = check.reduce(into: state) { $0.apply($1) }
            if let events = try? decider.decide(command, given: after, in: context) {
                return check + events + overridden(events) + reserved(events)
            }
        }
        return nil
    }

    /// Now and then somebody answers for a visit, where nurses are counted.
    private mutating func overridden(_ events: [PatientEvent]) -> [PatientEvent] {
        guard nurses != nil, let visit = events.lazy.compactMap(\.fact.takenVisit).first,
            generator.chance(15)
        else { return [] }
        let override = CapacityOverride(
            rules: [.nurseStarts, .nursePatients], reason: .staffAgreed, role: .nurse)
        return [PatientEvent(effectiveAt: now, fact: .capacityOverridden(visit, override))]
    }

    /// Now and then vials are kept for a visit, where nurses are counted.
    private mutating func reserved(_ events: [PatientEvent]) -> [PatientEvent] {
        guard nurses != nil, let visit = events.lazy.compactMap(\.fact.takenVisit).first,
            generator.chance(30)
        else { return [] }
        let need = StockNeed(
            product: ProductKey("ferinject"),
            vials: [StockNeed.Vials(size: Milligrams(500), count: 1)])
        return [PatientEvent(effectiveAt: now, fact: .stockReserved(visit, need))]
    }

    /// What the events ask of the nurses.
    private func ask(
        by events: [PatientEvent], before: PatientState, after: PatientState
    ) -> SiteAsk? {
        guard let nurses, let id = events.lazy.compactMap(\.fact.takenVisit).first,
            let visit = after.appointment(id)
        else { return nil }
        let known = before.appointment(id)
        let held = known?.capacityOverride == nil ? known?.slot : nil
        return SiteAsk(
            appointment: id, stream: SiteStream.id(of: visit.slot.site), version: .none,
            takings: nurses.takings(of: visit.slot).filter { taking in
                visit.capacityOverride == nil
                    && !(held.map { $0.site == visit.slot.site && taking.isShared(by: $0) } ?? false)
            })
    }

    /// What a nurse records before a dose; nothing before another command.
    private func checked(
        _ command: PatientCommand, _ state: PatientState, _ context: DecisionContext
    ) -> [PatientEvent] {
        guard case .startDose(let dose) = command else { return [] }
        let check = ChairsideCheck(
            vitals: VitalSigns(
                systolic: 120, diastolic: 75, heartRate: 72, respiratoryRate: nil,
                oxygenSaturation: 98, temperature: 36), isStaffed: true, hasConsent: true)
        return
            (try? decider.decide(
                .recordChairsideCheck(check, at: dose.at), given: state, in: context)) ?? []
    }

    private mutating func append(
        _ events: [PatientEvent], of patient: PatientID, before: PatientState, after: PatientState
    ) -> Append<PatientChanges> {
        let stored = ClinicFacts.stored(events, of: patient, tenant: tenant)
        let isStale = before.version > .none && generator.chance(6)
        return Append(
            commandID: CommandID(ClinicFacts.identifiers(PatientID.self, &generator).uuid),
            fingerprint: [1], stream: PatientStream.id(of: patient),
            expected: StreamVersion(before.version.value - (isStale ? 1 : 0)), events: stored,
            metadata: EventMetadata(
                actor: "random", correlationID: patient.uuid, causation: nil, ruleSet: "test"),
            answer: Array("{}".utf8),
            changes: PatientChanges.make(
                before: before, events: events, after: after,
                ask: ask(by: events, before: before, after: after), decidedAt: now))
    }

    /// A retry of an accepted command, now and then with another request under its id.
    private mutating func resent() -> Append<PatientChanges> {
        let old = accepted[Int.random(in: 0..<accepted.count, using: &generator)]
        return Append(
            commandID: old.commandID, fingerprint: generator.chance(70) ? old.fingerprint : [2],
            stream: old.stream, expected: old.expected, events: old.events, metadata: old.metadata,
            answer: old.answer, changes: old.changes)
    }
}

extension PatientFact {
    /// The visit that takes a place in the calendar by it.
    fileprivate var takenVisit: AppointmentID? {
        switch self {
        case .appointmentBooked(let visit), .appointmentHeld(let visit, _): visit.id
        case .appointmentMoved(let id, _): id
        case _: nil
        }
    }
}
