import Infusion
import Testing

/// Two states of one patient: as it is, and with irrelevant events strewn in. Every command is
/// decided on both.
@Suite struct `Irrelevant events, whatever happens` {
    /// The second state, and which of its events is which of the first's.
    private struct Twin {
        var state = PatientState()
        private var first: [EventVersion: EventVersion] = [:]
        private var own: [EventVersion: EventVersion] = [:]

        /// What both have been told, by the versions of the first.
        mutating func tell(_ events: [PatientEvent], after version: EventVersion) {
            var version = version
            for event in events {
                version = version.next
                state.apply(event)
                first[state.version] = version
                own[version] = state.version
            }
        }

        /// What only this one has been told. A corrected identity stands for the registration.
        mutating func tellAlone(_ event: PatientEvent) {
            let registration = state.registration.flatMap { first[$0.version] }
            state.apply(event)
            if case .identityCorrected = event.fact { first[state.version] = registration }
        }

        func numberInFirst(_ version: EventVersion) -> EventVersion? { first[version] }

        /// The command as this one has to be told it.
        func own(_ command: PatientCommand) -> PatientCommand {
            if case .closeRecheck(let id, let reason) = command {
                return .closeRecheck(id.renumbered { own[$0] }, reason: reason)
            }
            return command
        }
    }

    @Test func `they change no decision and open or close no recheck`() {
        var told: [IrrelevantCommands.Kind: Int] = [:]
        var tally = HistoryTally()
        for seed in Histories.seeds {
            var history = RandomHistory(seed: seed)
            var noise = IrrelevantCommands(seed: seed)
            var twin = Twin()
            for step in 0..<Histories.steps {
                let attempt = history.attempt()
                let kind = noise.kind()
                let commands = noise.commands(kind, for: twin.state, now: attempt.context.now)
                for command in commands {
                    guard
                        let events = try? PatientDecider().decide(
                            command, given: twin.state, in: attempt.context)
                    else { break }
                    #expect(!events.contains { $0.fact.isRecheck }, "seed \(seed), \(kind)")
                    for event in events { twin.tellAlone(event) }
                    told[kind, default: 0] += 1
                }
                compare(attempt, &twin, "seed \(seed), step \(step)")
                tally.count(attempt)
            }
        }
        expectDepth("irrelevant commands", told, atLeast: HistoryDemands.irrelevant)
        tally.expectDoses()
    }

    private func compare(
        _ attempt: RandomHistory.Attempt, _ twin: inout Twin, _ place: String
    ) {
        do throws(Refusal) {
            let events = try PatientDecider().decide(
                twin.own(attempt.command), given: twin.state, in: attempt.context)
            twin.tell(events, after: attempt.before.version)
            let renumbered = events.map { $0.renumbered(twin.numberInFirst) }
            #expect(attempt.result == .success(renumbered), "\(place)")
        } catch {
            let refusal = error.renumbered(twin.numberInFirst)
            #expect(attempt.result == .failure(refusal), "\(place)")
        }
    }
}
