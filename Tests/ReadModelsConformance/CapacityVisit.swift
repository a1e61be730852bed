public import EventStore
import Foundation
public import Infusion
import InfusionJournal
public import InfusionProjections

/// A patient who does nothing but come to one visit at a site with nurses; the history is not one the
/// decider would make.
public struct CapacityVisit: Sendable {
    public let patient = PatientID(UUID())
    public let appointment = AppointmentID(UUID())
    public let slot: AppointmentSlot
    private let tenant: TenantID
    private let order = OrderID(UUID())
    private let dose = DoseID(UUID())

    /// - Parameter minute: When it begins, after ``ClinicFacts/start``, which is the beginning of a quarter hour.
    public init(
        _ tenant: TenantID, chair: String, at minute: Int64 = 0, minutes: Int64 = 60,
        site: SiteID = SiteID("north")
    ) {
        self.tenant = tenant
        let start = ClinicFacts.start.adding(minutes: minute)
        slot = AppointmentSlot(
            site: site, chair: ChairID(chair), start: start, end: start.adding(minutes: minutes))
    }

    /// How many visits each quarter hour bears, and which version of the site says so.
    public struct Plan: Sendable {
        public var starts: Int?
        public var patients: Int?
        public var version: StreamVersion
        /// The stream that the version is of, where that is not the site's.
        public var stream: StreamID?
        /// The product whose vials are kept for the visit, and as of which position the others were read.
        public var stock: StockAsk?

        public init(
            starts: Int? = nil, patients: Int? = nil, version: StreamVersion = .none,
            stream: StreamID? = nil, stock: StockAsk? = nil
        ) {
            self.stream = stream
            self.stock = stock
            self.starts = starts
            self.patients = patients
            self.version = version
        }

        func takings(of slot: AppointmentSlot) -> [NurseTaking] {
            let quarters = QuarterHour.touched(from: slot.start, until: slot.end)
            let starts = quarters.prefix(1).compactMap { quarter in
                self.starts.map { NurseTaking(limit: .starts, quarter: quarter, allowed: $0) }
            }
            let patients = quarters.compactMap { quarter in
                self.patients.map { NurseTaking(limit: .patients, quarter: quarter, allowed: $0) }
            }
            return starts + patients
        }
    }

    // MARK: What happens

    /// - Parameter minute: When it is decided, after ``ClinicFacts/start``; `nil` where nobody asks.
    public func book(_ plan: Plan, decided minute: Int64? = nil) -> Append<PatientChanges> {
        append(booked + reserved(plan), after: [], plan, slot, decided: minute)
    }

    public func hold(_ plan: Plan, decided minute: Int64? = nil) -> Append<PatientChanges> {
        append(held, after: [], plan, slot, decided: minute)
    }

    /// The patient of a visit that was booked.
    public func arrive(decided minute: Int64) -> Append<PatientChanges> {
        append([event(.patientArrived(appointment))], after: booked, decided: minute)
    }

    /// On somebody's responsibility, for both limits.
    public func bookAllTheSame(_ version: StreamVersion = .none) -> Append<PatientChanges> {
        let override = CapacityOverride(
            rules: [.nurseStarts, .nursePatients], reason: .staffAgreed, role: .nurse)
        return append(
            booked + [event(.capacityOverridden(appointment, override))], after: [],
            Plan(version: version), slot)
    }

    public func move(
        toChair chair: String, later minutes: Int64 = 0, _ plan: Plan, decided minute: Int64? = nil
    ) -> Append<PatientChanges> {
        let slot = AppointmentSlot(
            site: slot.site, chair: ChairID(chair), start: slot.start.adding(minutes: minutes),
            end: slot.end.adding(minutes: minutes))
        return append(
            [event(.appointmentMoved(appointment, to: slot))], after: booked, plan, slot,
            decided: minute)
    }

    public func cancel() -> Append<PatientChanges> {
        append([event(.appointmentCancelled(appointment, reason: .patientRequest))], after: booked)
    }

    /// A visit with vials.
    public func cancel(_ plan: Plan) -> Append<PatientChanges> {
        append(
            [event(.appointmentCancelled(appointment, reason: .patientRequest))],
            after: booked + reserved(plan))
    }

    public func miss() -> Append<PatientChanges> {
        append([event(.appointmentMissed(appointment))], after: booked)
    }

    public func expire() -> Append<PatientChanges> {
        append([event(.holdExpired(appointment))], after: held)
    }

    /// - Parameter minute: When it is decided, after ``ClinicFacts/start``; `nil` where nobody asks.
    public func begin(decided minute: Int64? = nil) -> Append<PatientChanges> {
        append(begun, after: booked, decided: minute)
    }
    /// Red cells are recorded in a visit that nobody had begun.
    public func fill(decided minute: Int64) -> Append<PatientChanges> {
        let transfusion = TransfusionID(UUID())
        return append(
            [
                event(.transfusionRecorded(Transfusion(id: transfusion, units: 1))),
                event(.visitBegun(appointment)),
                event(
                    .transfusionOrderFilled(
                        TransfusionOrderFilled(
                            order: order, transfusion: transfusion, appointment: appointment))),
            ], after: booked, decided: minute)
    }
    public func end() -> Append<PatientChanges> { append(ended, after: booked + begun) }
    public func discharge() -> Append<PatientChanges> {
        append(
            [event(.patientDischarged(Discharge(dose: dose, observedMinutes: 30, stable: true)))],
            after: booked + begun + ended)
    }

    // MARK: The events

    private var registered: PatientEvent {
        event(
            .patientRegistered(
                PatientRegistered(
                    patient: patient,
                    identity: .present(
                        Identity(
                            name: PersonName(family: "Rossi", given: []),
                            birthDate: CalendarDate(dayNumber: 0), identifiers: [])),
                    gender: .female, site: slot.site)))
    }

    private var visit: Appointment {
        Appointment(id: appointment, order: order, slot: slot, findings: [])
    }

    private func reserved(_ plan: Plan) -> [PatientEvent] {
        plan.stock.map { ask in
            let vials = [StockNeed.Vials(size: Milligrams(500), count: 1)]
            return [
                event(
                    .stockReserved(appointment, StockNeed(product: ask.product, vials: vials)))
            ]
        } ?? []
    }

    private var booked: [PatientEvent] { [registered, event(.appointmentBooked(visit))] }
    private var held: [PatientEvent] {
        [registered, event(.appointmentHeld(visit, until: slot.start))]
    }

    private var begun: [PatientEvent] {
        [
            event(
                .doseStarted(
                    DoseStarted(
                        id: dose, order: order, appointment: appointment,
                        product: ProductKey("ferinject"), moiety: .ferricCarboxymaltose,
                        planned: Milligrams(500), localDate: CalendarDate(dayNumber: 20_000),
                        findings: [], formularyVersion: "1")))
        ]
    }

    private var ended: [PatientEvent] {
        [
            event(
                .doseCompleted(
                    DoseGiven(
                        id: dose, given: Milligrams(500), lot: LotNumber("L"),
                        expiry: CalendarDate(dayNumber: 30_000),
                        localDate: CalendarDate(dayNumber: 20_000))))
        ]
    }

    private func event(_ fact: PatientFact) -> PatientEvent {
        PatientEvent(effectiveAt: slot.start, fact: fact)
    }

    private func append(
        _ events: [PatientEvent], after history: [PatientEvent], _ plan: Plan? = nil,
        _ wanted: AppointmentSlot? = nil, decided minute: Int64? = nil
    ) -> Append<PatientChanges> {
        let before = PatientState.fold(history)
        let after = events.reduce(into: before) { $0.apply($1) }
        let ask = plan.flatMap { plan in
            wanted.map {
                SiteAsk(
                    appointment: appointment, stream: plan.stream ?? SiteStream.id(of: $0.site),
                    version: plan.version, takings: plan.takings(of: $0), stock: plan.stock)
            }
        }
        return Append(
            commandID: CommandID(UUID()), fingerprint: [1], stream: PatientStream.id(of: patient),
            expected: StreamVersion(before.version.value),
            events: ClinicFacts.stored(events, of: patient, tenant: tenant),
            metadata: EventMetadata(
                actor: "test", correlationID: UUID(), causation: nil, ruleSet: "test"),
            answer: [],
            changes: PatientChanges.make(
                before: before, events: events, after: after, ask: ask,
                decidedAt: minute.map { ClinicFacts.start.adding(minutes: $0) }))
    }
}
