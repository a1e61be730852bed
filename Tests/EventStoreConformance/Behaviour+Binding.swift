internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let binding: [EventLogBehaviour] = [
        EventLogBehaviour("a bound batch is appended like any other") { log, tenant in
            let (one, two) = (Sample(), Sample())
            let batch = [one.append(at: 0, events: 2).bound(), two.append(at: 0).bound()]
            let outcomes = try await log.append(batch, tenant: tenant)
            #expect(outcomes.compactMap(\.appended).map(\.commandID) == batch.map(\.commandID))
            #expect(try await log.head(tenant: tenant) == Position(3))
            // Sent again after a lost answer.
            let again = try await log.append(batch, tenant: tenant)
            #expect(again.compactMap(\.duplicate) == outcomes.compactMap(\.appended))
            #expect(try await log.head(tenant: tenant) == Position(3))
        },
        EventLogBehaviour("where one of a bound batch is late, none is written") { log, tenant in
            let (one, two) = (Sample(), Sample())
            _ = try await log.mustAppend(two.append(at: 0), tenant)
            for isLateFirst in [true, false] {
                let late = two.append(at: 0).bound()
                let right = one.append(at: 0).bound()
                let batch = isLateFirst ? [late, right] : [right, late]
                let outcomes = try await log.append(batch, tenant: tenant)
                #expect(outcomes == [.undecided, .undecided])
                #expect(try await log.head(tenant: tenant) == Position(1))
                #expect(try await log.command(right.commandID, tenant: tenant) == nil)
            }
            // One that is bound binds them all.
            let outcomes = try await log.append(
                [one.append(at: 0), two.append(at: 0).bound()], tenant: tenant)
            #expect(outcomes == [.undecided, .undecided])
            #expect(try await log.head(tenant: tenant) == Position(1))
        },
        EventLogBehaviour("an id that was another request's undoes the batch it is bound to") {
            log, tenant in
            let known = Sample().append(at: 0)
            _ = try await log.mustAppend(known, tenant)
            let outcomes = try await log.append(
                [
                    Sample().append(known.commandID, at: 0, fingerprint: [9]).bound(),
                    Sample().append(at: 0).bound(),
                ], tenant: tenant)
            #expect(outcomes == [.undecided, .undecided])
            #expect(try await log.head(tenant: tenant) == Position(1))
        },
        EventLogBehaviour("what cannot be stored takes what it is bound to along") { log, tenant in
            let outcomes = try await log.append(
                [
                    Sample().append(at: 0).bound(),
                    Sample().append(
                        at: 0,
                        payload: [UInt8](repeating: 0x20, count: EventLogLimits.payloadBytes + 1)
                    ).bound(),
                ], tenant: tenant)
            #expect(outcomes == [.undecided, .failed(.limitExceeded)])
            #expect(try await log.head(tenant: tenant) == .start)
        },
    ]
}
