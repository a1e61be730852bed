import Testing

@testable import Infusion

/// Visits that no longer fit, whatever happens: found by the booking's own judgement, and by no command that is not asked.
@Suite struct `Visits that no longer fit, whatever happens` {
    @Test func `a visit that could be booked before a command and not after it is named`() {
        var named = 0
        // Every visit of every history is judged twice after every command: a third of the histories says as much.
        for seed in Histories.seeds.prefix(Histories.seeds.count / 3) {
            var history = RandomHistory(seed: seed)
            for step in 0..<Histories.steps {
                if step.isMultiple(of: 5) { history.bookAhead() }
                let attempt = history.attempt()
                if attempt.events.isEmpty { continue }
                let context = attempt.context
                let visits = UnfitCourse.visits(
                    before: attempt.before, after: attempt.after, at: context.now)
                guard !visits.isEmpty else { continue }
                let course = UnfitCourse(
                    before: attempt.before, after: attempt.after, in: context)
                let place = UnfitCourse.Place(timeZone: context.site.timeZone, isOpened: true)
                let unfit = course.unfit(
                    at: Dictionary(uniqueKeysWithValues: course.sites.map { ($0, place) }))
                if !attempt.command.mayUnfitVisits {
                    #expect(unfit.isEmpty, "seed \(seed): \(attempt.command)")
                    continue
                }
                for visit in visits {
                    let found = unfit.first { $0.appointment == visit.id }
                    let isRefused = refuses(visit, attempt.after, in: context)
                    if isRefused, !refuses(visit, attempt.before, in: context) {
                        #expect(found?.gates.isEmpty == false, "seed \(seed): \(visit.id)")
                    }
                    if let found, !found.gates.isEmpty {
                        named += 1
                        #expect(isRefused, "seed \(seed): \(visit.id)")
                    }
                }
            }
        }
        #expect(named > 0)
    }

    /// Whether the gates refuse to book it.
    private func refuses(
        _ visit: AppointmentRecord, _ state: PatientState, in context: DecisionContext
    ) -> Bool {
        let decision = Decision(state: state, context: context)
        do throws(Refusal) {
            let order = try decision.requireOrder(visit.order)
            _ = try decision.judge(order, slot: visit.slot, besides: visit.id)
            return false
        } catch {
            return true
        }
    }
}

extension RandomHistory {
    /// A visit for each order that takes one, within six weeks: more than a clinic books, so that every command finds
    /// some.
    fileprivate mutating func bookAhead() {
        for order in story.state.orders {
            let day = today.adding(days: random.number(1...42))
            let book = PatientCommand.bookAppointment(
                fresh(), order: order.id, slot: Act.slot(story.clinic.at("\(day) 15:00")))
            let events = try? PatientDecider().decide(
                book, given: story.state, in: story.clinic.context(now: now))
            for event in events ?? [] { story.state.apply(event) }
            story.events += events ?? []
        }
    }
}
