import Foundation
import Infusion
import Testing

/// SEED-C, R-14, R-18: one unit of red cells, then a haemoglobin; in a chair of their own day.
@Suite struct `An order of red cells` {
    let known = given { story in
        story.patient(
            .male, [.metastaticBreastCancer], hemoglobin: decimal("7.6"), on: "2026-03-01")
    }

    func order(_ number: UInt64 = 9, units: Int = 1, in story: Story) -> PatientCommand {
        .orderTransfusion(
            OrderTransfusion(
                id: id(number), units: units, indication: .metastaticBreastCancer,
                signature: Signature(
                    prescriber: "Dr Bianchi", signedAt: story.clinic.at("2026-03-02 09:00"))))
    }

    func book(
        _ number: UInt64 = 5, order: UInt64 = 9, at time: String, minutes: Int64 = 120,
        in story: Story
    ) -> PatientCommand {
        .bookAppointment(
            id(number), order: id(order), slot: Act.slot(story.clinic.at(time), minutes: minutes))
    }

    func transfused(_ time: String, in story: Story) -> PatientCommand {
        .recordTransfusion(Transfusion(id: id(77), units: 1), at: story.clinic.at(time))
    }

    @Test func `tells whether the threshold is met, and what raised it`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        let plain = story.state.transfusionOrder(id(9))?.order
        #expect(plain?.isIndicated == false)
        #expect(plain?.predicates.map(\.threshold) == ["7"])
        story = known
        story.has(
            [.metastaticBreastCancer], [.therapy(.chemotherapy, active: true)], on: "2026-03-02")
        story.does(order(in: story), at: "2026-03-02 09:00")
        let treated = story.state.transfusionOrder(id(9))?.order
        #expect(treated?.isIndicated == true)
        #expect(treated?.predicates.map(\.name) == ["hemoglobin", "cancer-treatment"])
        #expect(treated?.predicates.first?.threshold == "8")
    }

    @Test func `without any haemoglobin says that it cannot be told, and is accepted`() {
        var story = given { $0.register(on: "2026-03-01") }
        story.does(order(in: story), at: "2026-03-02 09:00")
        #expect(story.state.transfusionOrder(id(9))?.status == .active)
        #expect(story.state.transfusionOrder(id(9))?.order.isIndicated == nil)
    }

    @Test(arguments: [
        (BleedingSource.gastrointestinal, "2026-03-01 09:00", true),
        (.gastrointestinal, "2026-03-01 08:59", false), (.ulcer, "2026-03-02 08:00", true),
        (.menstrual, "2026-03-02 08:00", false), (.hemorrhoids, "2026-03-02 08:00", false),
    ])
    func `is for more than one unit in an acute bleeding of the last 24 hours only`(
        _ source: BleedingSource, _ told: String, _ goes: Bool
    ) {
        var story = known
        story.does(
            .setClinicalContext(
                [.metastaticBreastCancer], facts: [.bleeding(source, active: true)],
                at: story.clinic.at(told)), at: told)
        let outcome = story.when(order(units: 2, in: story), at: "2026-03-02 09:00")
        if goes { outcome.accepted() } else { outcome.refused(field: "units") }
    }

    @Test func `does not go on for an emergency symptom of two days ago`() {
        var story = known
        story.does(transfused("2026-03-01 10:00", in: story), at: "2026-03-01 12:00")
        story.does(
            .setClinicalContext(
                [.metastaticBreastCancer], facts: [.symptom(.syncope, present: true)],
                at: story.clinic.at("2026-02-28 12:00")), at: "2026-03-01 12:00")
        story.when(order(in: story), at: "2026-03-02 09:00")
            .refused(.hemoglobinNeeded(since: date("2026-03-01")))
    }

    @Test func `is for one unit, and for more only while bleeding`() {
        var story = known
        story.when(order(units: 2, in: story), at: "2026-03-02 09:00").refused(field: "units")
        story.when(order(units: 0, in: story), at: "2026-03-02 09:00").refused(field: "units")
        story.has(
            [.metastaticBreastCancer], [.bleeding(.gastrointestinal, active: true)],
            on: "2026-03-02")
        story.when(order(units: 2, in: story), at: "2026-03-02 09:00").accepted()
    }

    @Test func `waits for a haemoglobin after the unit before`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        story.when(order(10, in: story), at: "2026-03-02 10:00")
            .refused(.hemoglobinNeeded(since: date("2026-03-02")))
        story.does(transfused("2026-03-03 10:00", in: story), at: "2026-03-03 12:00")
        #expect(story.state.transfusionOrder(id(9))?.status == .completed)
        #expect(story.open(.afterTransfusion)?.due == date("2026-03-04"))
        #expect(story.open(.afterTransfusion)?.overdueAfter == date("2026-03-10"))
        story.when(order(10, in: story), at: "2026-03-04 10:00")
            .refused(.hemoglobinNeeded(since: date("2026-03-03")))
        story.lab(.hemoglobin, decimal("7.9"), on: "2026-03-03 18:00")
        #expect(story.open(.afterTransfusion) == nil)
        story.when(order(10, in: story), at: "2026-03-04 10:00").accepted()
    }

    @Test(arguments: [(Symptom.syncope, true), (.fatigue, false)])
    func `goes on in an emergency, and fatigue alone is none`(_ symptom: Symptom, _ goes: Bool) {
        var story = known
        story.does(transfused("2026-03-02 07:00", in: story), at: "2026-03-02 07:30")
        story.has([.metastaticBreastCancer], [.symptom(symptom, present: true)], on: "2026-03-02")
        let outcome = story.when(order(in: story), at: "2026-03-02 09:00")
        if goes {
            outcome.accepted()
        } else {
            outcome.refused(.hemoglobinNeeded(since: date("2026-03-02")))
        }
    }

    @Test func `is booked once, for as long as the site gives it`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        for minutes: Int64 in [59, 181] {
            story.when(
                book(at: "2026-03-03 10:00", minutes: minutes, in: story), at: "2026-03-02 10:00"
            ).refused(field: "slot.end")
        }
        story.does(book(at: "2026-03-03 10:00", minutes: 180, in: story), at: "2026-03-02 10:00")
        story.when(book(6, at: "2026-03-04 10:00", in: story), at: "2026-03-02 10:00")
            .refused(.orderFullyBooked(id(9), booked: 1, dosesLeft: 1))
        story.does(transfused("2026-03-03 10:15", in: story), at: "2026-03-03 12:00")
        #expect(story.state.appointment(id(5))?.status == .transfused(id(77)))
        story.when(book(6, at: "2026-03-04 10:00", in: story), at: "2026-03-03 13:00")
            .refused(.orderNotActive(id(9), status: "completed"))
    }

    @Test(arguments: [(119, false), (120, true), (360, true), (361, false)])
    func `of two units has a visit of twice the time`(_ minutes: Int64, _ isAccepted: Bool) {
        var story = known
        story.has(
            [.metastaticBreastCancer], [.bleeding(.gastrointestinal, active: true)],
            on: "2026-03-02")
        story.does(order(units: 2, in: story), at: "2026-03-02 09:00")
        let outcome = story.when(
            book(at: "2026-03-03 10:00", minutes: minutes, in: story), at: "2026-03-02 10:00")
        if isAccepted { outcome.accepted() } else { outcome.refused(field: "slot.end") }
    }

    @Test func `of more units than a visit has time for is not booked`() {
        var story = known
        story.has(
            [.metastaticBreastCancer], [.bleeding(.gastrointestinal, active: true)],
            on: "2026-03-02")
        story.does(order(units: 13, in: story), at: "2026-03-02 09:00")
        story.when(
            book(at: "2026-03-03 10:00", minutes: 720, in: story), at: "2026-03-02 10:00"
        ).refused(field: "slot.end")
    }

    @Test func `gives back a visit of another day when its red cells were given before`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        story.does(book(at: "2026-03-04 10:00", in: story), at: "2026-03-02 10:00")
        story.does(transfused("2026-03-03 10:00", in: story), at: "2026-03-03 12:00")
        #expect(story.state.appointment(id(5))?.status == .cancelled(.noLongerNeeded))
    }

    @Test func `keeps iron to another day, and iron keeps it`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        story.ordered(1, indication: .metastaticBreastCancer, on: "2026-03-02")
        story.does(book(at: "2026-03-03 10:00", in: story), at: "2026-03-02 10:00")
        story.when(book(6, order: 1, at: "2026-03-03 15:00", in: story), at: "2026-03-02 10:00")
            .refused(.sameDayVisit(id(5)))
        story.does(book(6, order: 1, at: "2026-03-04 10:00", in: story), at: "2026-03-02 10:00")
        story.when(
            .moveAppointment(id(5), to: Act.slot(story.clinic.at("2026-03-04 15:00"))),
            at: "2026-03-02 11:00"
        ).refused(.sameDayVisit(id(6)))
    }

    /// An order of iron and one of red cells, and a visit for one of them on 3 March.
    private func booked(_ order: UInt64, at time: String) -> Story {
        var story = known
        story.does(self.order(in: story), at: "2026-03-02 09:00")
        story.ordered(1, indication: .metastaticBreastCancer, on: "2026-03-02")
        story.does(book(order: order, at: time, in: story), at: "2026-03-02 10:00")
        return story
    }

    private func sameDay(
        _ order: UInt64, until time: String, in story: Story
    ) -> PatientCommand {
        Act.override(
            1, .transfusionSameDay, order: order, role: .nurse, coSigner: nil,
            at: story.clinic.at("2026-03-03 15:00"), until: story.clinic.at(time))
    }

    @Test(arguments: [(UInt64(9), UInt64(1)), (1, 9)])
    func `shares a day with iron on a clinician's reason, which the visit names`(
        _ first: UInt64, _ second: UInt64
    ) throws {
        var story = booked(first, at: "2026-03-03 10:00")
        let visit = book(6, order: second, at: "2026-03-03 15:00", in: story)
        story.when(visit, at: "2026-03-02 10:30").refused(.sameDayVisit(id(5)))
        story.does(sameDay(second, until: "2026-03-04", in: story), at: "2026-03-02 10:20")
        let granted = story.state.version
        let outcome = story.when(visit, at: "2026-03-02 10:30")
        guard case .appointmentBooked(let appointment)? = outcome.facts.first else {
            Issue.record("not booked: \(outcome.result)")
            return
        }
        let finding = try #require(
            appointment.findings.first { $0.gate == .transfusionSameDay })
        #expect(finding.severity == .soft)
        #expect(finding.verdict == .overridden)
        #expect(finding.predicates.last?.evidence == [granted])
        #expect(outcome.after.overrides.first?.spentBy == nil)
        #expect(outcome.after.appointment(id(6))?.status == .booked)
        // Red cells have no dose that would spend it: the visit is what it was for.
        let uses = OverrideUse.all(
            of: outcome.after, at: story.clinic.at("2026-03-02 10:30"), in: story.clinic.zone)
        #expect(uses.map(\.outcome) == [second == 9 ? .used : .open])
    }

    @Test func `shares no day on a reason for another order, or one that ends before`() {
        let other = booked(9, at: "2026-03-03 10:00")
        let iron = book(6, order: 1, at: "2026-03-03 15:00", in: other)
        // Red cells themselves have no iron on their day.
        other.when(sameDay(9, until: "2026-03-04", in: other), at: "2026-03-02 10:20").refused(
            .gateNotShut(.transfusionSameDay, on: date("2026-03-03")))
        other.when(iron, at: "2026-03-02 10:30").refused(.sameDayVisit(id(5)))
        var early = booked(9, at: "2026-03-03 10:00")
        early.does(sameDay(1, until: "2026-03-03 14:59", in: early), at: "2026-03-02 10:20")
        early.when(iron, at: "2026-03-02 10:30").refused(.sameDayVisit(id(5)))
    }

    @Test func `is asked about one gate only, while it is open`() {
        var story = booked(9, at: "2026-03-03 10:00")
        let until = story.clinic.at("2026-03-04")
        story.when(
            Act.override(1, .transfusion, order: 9, until: until), at: "2026-03-02 10:20"
        ).refused(
            .overrideNotAllowed(.transfusion, problem: "red cells are not asked about the gate"))
        story.does(transfused("2026-03-03 10:15", in: story), at: "2026-03-03 12:00")
        story.when(sameDay(9, until: "2026-03-04", in: story), at: "2026-03-03 13:00")
            .refused(.orderNotActive(id(9), status: "completed"))
    }

    @Test func `booked for the day of a dose shuts its soft gate, until a reason opens it`() {
        var story = booked(9, at: "2026-03-03 15:00")
        #expect(story.verdict(.transfusionSameDay, at: "2026-03-02 10:30") == .passed)
        let finding = story.finding(.transfusionSameDay, at: "2026-03-03 10:00")
        #expect(finding?.verdict == .blocked)
        #expect(finding?.severity == .soft)
        #expect(finding?.predicates.last?.name == "red-cell-visits-of-the-day")
        story.does(sameDay(1, until: "2026-03-04", in: story), at: "2026-03-03 09:00")
        #expect(story.verdict(.transfusionSameDay, at: "2026-03-03 10:00") == .overridden)
    }

    @Test func `is judged as of its signature where it is told late`() {
        var story = known
        story.lab(.hemoglobin, decimal("6.9"), on: "2026-03-02 12:00")
        story.has(
            [.metastaticBreastCancer], [.bleeding(.gastrointestinal, active: true)],
            on: "2026-03-03")
        story.when(order(units: 2, in: story), at: "2026-03-03 12:00").refused(field: "units")
        story.does(order(in: story), at: "2026-03-03 12:00")
        #expect(story.state.transfusionOrder(id(9))?.order.isIndicated == false)
    }

    @Test func `is cancelled with its visit`() {
        var story = known
        story.does(order(in: story), at: "2026-03-02 09:00")
        story.does(book(at: "2026-03-03 10:00", in: story), at: "2026-03-02 10:00")
        story.when(.cancelOrder(id(9), reason: .noLongerNeeded), at: "2026-03-02 11:00").then([
            .orderCancelled(id(9), reason: .noLongerNeeded),
            .appointmentCancelled(id(5), reason: .orderCancelled),
        ])
        story.does(.cancelOrder(id(9), reason: .noLongerNeeded), at: "2026-03-02 11:00")
        story.when(.cancelOrder(id(9), reason: .noLongerNeeded), at: "2026-03-02 12:00")
            .refused(.orderNotActive(id(9), status: "cancelled"))
    }

    @Test func `shares its ids with the orders of iron`() {
        var story = known
        story.ordered(1, indication: .metastaticBreastCancer, on: "2026-03-02")
        story.when(order(1, in: story), at: "2026-03-02 10:00")
            .refused(.duplicateIdentifier(field: "id"))
    }
}
