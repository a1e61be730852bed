import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

@Suite struct BookingTests {
    /// Sixteen patients want one chair at overlapping times, each from a task of its own.
    @Test func `one chair has one winner`() async throws {
        try await ClinicDatabase.with { database in
            let start = ClinicFacts.start
            for round in 0..<8 {
                let wishes = (0..<16).map { index in
                    Booking(
                        tenant: database.tenant, chair: "chair-\(round)",
                        start: start.adding(minutes: Int64(index)), minutes: 60)
                }
                let outcomes = try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
                    for wish in wishes {
                        group.addTask {
                            try await database.store.append(
                                [wish.append()], tenant: database.tenant)[0]
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0.isAppended } == 1)
                #expect(outcomes.count { $0 == .unavailable(constraint: "chair-overlap") } == 15)
            }
        }
    }

    @Test func `in one batch the first wins and its stream's chain goes on`() async throws {
        try await ClinicDatabase.with { database in
            let first = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let second = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let batch = [
                first.append(), second.append(), second.cancel(), first.cancel(),
                Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start).append(),
            ]
            let outcomes = try await database.store.append(batch, tenant: database.tenant)
            #expect(outcomes[0].isAppended)
            #expect(outcomes[1] == .unavailable(constraint: "chair-overlap"))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3].isAppended)
            // What the batch has freed is free.
            #expect(outcomes[4].isAppended)
        }
    }

    @Test func `neighbours do not collide, and a patient is in one place`() async throws {
        try await ClinicDatabase.with { database in
            let booking = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let next = Booking(
                tenant: database.tenant, chair: "1", start: ClinicFacts.start.adding(minutes: 60))
            let elsewhere = Booking(
                tenant: database.tenant, chair: "2", start: ClinicFacts.start.adding(minutes: 30))
            let outcomes = try await database.store.append(
                [booking.append(), next.append(), booking.another(elsewhere)],
                tenant: database.tenant)
            #expect(outcomes.map(\.isAppended) == [true, true, false])
            #expect(outcomes[2] == .unavailable(constraint: "patient-overlap"))
        }
    }

    @Test func `where a bound batch falls, its rows fall with it`() async throws {
        try await ClinicDatabase.with { database in
            let first = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let second = Booking(tenant: database.tenant, chair: "2", start: ClinicFacts.start)
            let known = try await database.store.append(
                [second.append()], tenant: database.tenant)
            #expect(known[0].isAppended)
            let fallen = try await database.store.append(
                [first.append().bound(), second.append().bound()], tenant: database.tenant)
            #expect(fallen == [.undecided, .undecided])
            // Nothing of it keeps the chair.
            let other = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let booked = try await database.store.append(
                [other.append().bound(), second.cancel().bound()], tenant: database.tenant)
            #expect(booked.map(\.isAppended) == [true, true])
        }
    }

    @Test func `a hold takes its chair until it is told to have run out, in one batch too`()
        async throws
    {
        try await ClinicDatabase.with { database in
            let first = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let second = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let held = try await database.store.append([first.hold()], tenant: database.tenant)
            #expect(held[0].isAppended)
            let refused = try await database.store.append(
                [second.append()], tenant: database.tenant)
            #expect(refused == [.unavailable(constraint: "chair-overlap")])
            let freed = try await database.store.append(
                [first.expire(), second.append()], tenant: database.tenant)
            #expect(freed.map(\.isAppended) == [true, true])
        }
    }

    @Test func `a chair takes one patient at a time, until the discharge`() async throws {
        try await ClinicDatabase.with { database in
            let first = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let second = Booking(
                tenant: database.tenant, chair: "1", start: ClinicFacts.start.adding(minutes: 60))
            let third = Booking(
                tenant: database.tenant, chair: "1", start: ClinicFacts.start.adding(minutes: 120))
            func append(_ batch: [Append<PatientChanges>]) async throws -> [AppendOutcome] {
                try await database.store.append(batch, tenant: database.tenant)
            }
            let booked = try await append([first.append(), second.append(), third.append()])
            #expect(booked.map(\.isAppended) == [true, true, true])
            // In one batch the first sits down, the second does not.
            let begun = try await append([first.begin(), second.begin()])
            #expect(begun[0].isAppended)
            #expect(begun[1] == .unavailable(constraint: "chair-occupied"))
            #expect(
                try await append([second.begin()])
                    == [.unavailable(constraint: "chair-occupied")])
            // The infusion's end frees nothing; the discharge does, in the same batch too.
            #expect(try await append([first.end()])[0].isAppended)
            #expect(
                try await append([second.begin()])
                    == [.unavailable(constraint: "chair-occupied")])
            let changed = try await append([first.discharge(), second.begin(), third.begin()])
            #expect(changed.map(\.isAppended) == [true, true, false])
            #expect(changed[2] == .unavailable(constraint: "chair-occupied"))
        }
    }

    @Test func `who sat down the day before has left`() async throws {
        try await ClinicDatabase.with { database in
            let first = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            let next = Booking(
                tenant: database.tenant, chair: "1", start: ClinicFacts.start.adding(hours: 24))
            for batch in [[first.append(), next.append()], [first.begin()], [next.begin()]] {
                let outcomes = try await database.store.append(batch, tenant: database.tenant)
                #expect(outcomes.count(where: \.isAppended) == batch.count)
            }
        }
    }

    /// The guard behind the judgement is there, and only there to be never heard of.
    @Test func `the constraint stands behind the judgement`() async throws {
        try await ClinicDatabase.with { database in
            let booking = Booking(tenant: database.tenant, chair: "1", start: ClinicFacts.start)
            _ = try await database.store.append([booking.append()], tenant: database.tenant)
            try await database.asAdmin { connection in
                do {
                    try await connection.query(
                        """
                        INSERT INTO infusion.appointments
                        SELECT tenant_id, gen_random_uuid(), gen_random_uuid(), order_id,
                          opened_position, closed_position, starts_at, ends_at, generation, site,
                          chair, status
                        FROM infusion.appointments
                        """)
                    Issue.record("two bookings of one chair were stored")
                } catch let error as PostgresError {
                    #expect(error.sqlState == .exclusionViolation)
                    #expect(error.constraint == "chair_is_taken_once")
                }
            }
        }
    }

    /// A thousand bookings at once, every one against every other.
    @Test func `a full batch is judged as a whole`() async throws {
        try await ClinicDatabase.with { database in
            let batch = (0..<1_000).map { index in
                Booking(
                    tenant: database.tenant, chair: "\(index % 50)",
                    start: ClinicFacts.start.adding(minutes: Int64(index / 50) * 60), minutes: 90
                ).append()
            }
            let outcomes = try await database.store.append(batch, tenant: database.tenant)
            #expect(outcomes.count { $0.isAppended } == 500)
            #expect(outcomes.count { $0 == .unavailable(constraint: "chair-overlap") } == 500)
        }
    }
}

/// A patient who does nothing but book; the history is not one the decider would make, which is
/// what makes the guard's test its own.
struct Booking: Sendable {
    let tenant: TenantID
    let patient = PatientID(UUID())
    let appointment = AppointmentID(UUID())
    let order = OrderID(UUID())
    let slot: AppointmentSlot

    init(tenant: TenantID, chair: String, start: Instant, minutes: Int64 = 60) {
        self.tenant = tenant
        slot = AppointmentSlot(
            site: SiteID("north"), chair: ChairID(chair), start: start,
            end: start.adding(minutes: minutes))
    }

    private var booked: [PatientEvent] {
        [
            PatientEvent(
                effectiveAt: slot.start,
                fact: .patientRegistered(
                    PatientRegistered(
                        patient: patient, identity: .present(identity), gender: .female,
                        site: SiteID("north")))),
            event(
                .appointmentBooked(
                    Appointment(id: appointment, order: order, slot: slot, findings: []))),
        ]
    }

    private var identity: Identity {
        Identity(
            name: PersonName(family: "Rossi", given: []), birthDate: CalendarDate(dayNumber: 0),
            identifiers: [])
    }

    private func event(_ fact: PatientFact) -> PatientEvent {
        PatientEvent(effectiveAt: slot.start, fact: fact)
    }

    func append() -> Append<PatientChanges> { append(booked, after: []) }

    func cancel() -> Append<PatientChanges> {
        append([event(.appointmentCancelled(appointment, reason: .patientRequest))], after: booked)
    }

    private var held: [PatientEvent] {
        [
            booked[0],
            event(
                .appointmentHeld(
                    Appointment(id: appointment, order: order, slot: slot, findings: []),
                    until: slot.start)),
        ]
    }

    func hold() -> Append<PatientChanges> { append(held, after: []) }
    func expire() -> Append<PatientChanges> {
        append([event(.holdExpired(appointment))], after: held)
    }

    private let dose = DoseID(UUID())

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

    func begin() -> Append<PatientChanges> {
        append(begun, after: booked, decidedAt: slot.start)
    }
    func end() -> Append<PatientChanges> { append(ended, after: booked + begun) }
    func discharge() -> Append<PatientChanges> {
        append(
            [event(.patientDischarged(Discharge(dose: dose, observedMinutes: 30, stable: true)))],
            after: booked + begun + ended)
    }

    /// A second visit of the same patient.
    func another(_ other: Booking) -> Append<PatientChanges> {
        let visit = Appointment(id: other.appointment, order: order, slot: other.slot, findings: [])
        return append([event(.appointmentBooked(visit))], after: booked)
    }

    private func append(
        _ events: [PatientEvent], after history: [PatientEvent], decidedAt: Instant? = nil
    ) -> Append<PatientChanges> {
        let before = PatientState.fold(history)
        return HandMade.append(
            events, of: patient, before: before, tenant: tenant, decidedAt: decidedAt)
    }
}
