internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let judging: [EventLogBehaviour] = [
        EventLogBehaviour("a stale version is a conflict that names the version found") {
            log, tenant in
            let sample = Sample()
            _ = try await log.mustAppend(sample.append(at: 0, events: 2), tenant)
            for stale: Int64 in [0, 1, 3] {
                #expect(
                    try await log.append([sample.append(at: stale)], tenant: tenant)
                        == [.conflict(expected: StreamVersion(stale), found: StreamVersion(2))])
            }
            #expect(
                try await log.append([Sample().append(at: 1)], tenant: tenant)
                    == [.conflict(expected: StreamVersion(1), found: .none)])
            #expect(try await log.head(tenant: tenant) == Position(2))
        },
        EventLogBehaviour("a link that comes before the one it goes on from breaks its chain") {
            log, tenant in
            let sample = Sample()
            let other = Sample().append(at: 0)
            let outcomes = try await log.append(
                [sample.append(at: 1), other, sample.append(at: 0)], tenant: tenant)
            #expect(outcomes[0] == .conflict(expected: StreamVersion(1), found: .none))
            #expect(outcomes[1].appended?.commandID == other.commandID)
            #expect(outcomes[2] == .undecided)
            #expect(try await log.head(tenant: tenant) == Position(1))
        },
        EventLogBehaviour("a refused command is not remembered and may succeed later") {
            log, tenant in
            let sample = Sample()
            let early = sample.append(at: 1)
            _ = try await log.append([early], tenant: tenant)
            #expect(try await log.command(early.commandID, tenant: tenant) == nil)
            _ = try await log.mustAppend(sample.append(at: 0), tenant)
            _ = try await log.mustAppend(early, tenant)
        },
        EventLogBehaviour("a retry gets the first answer, however late and wherever it points") {
            log, tenant in
            let sample = Sample()
            let first = sample.append(at: 0, events: 2, answer: "first")
            let command = try await log.mustAppend(first, tenant)
            _ = try await log.mustAppend(sample.append(at: 2), tenant)
            let later = sample.append(first.commandID, at: 99, answer: "second")
            let elsewhere = Sample("other").append(first.commandID, at: 0, events: 0)
            #expect(
                try await log.append([first, later, elsewhere], tenant: tenant)
                    == [.duplicate(command), .duplicate(command), .duplicate(command)])
            #expect(try await log.command(first.commandID, tenant: tenant) == command)
            #expect(try await log.head(tenant: tenant) == Position(3))
        },
        EventLogBehaviour("another request under a known id is a mismatch, not a retry") {
            log, tenant in
            let sample = Sample()
            let first = sample.append(at: 0)
            let command = try await log.mustAppend(first, tenant)
            let misuse = sample.append(first.commandID, at: 1, fingerprint: [9])
            #expect(
                try await log.append([misuse], tenant: tenant) == [.fingerprintMismatch(command)])
            #expect(try await log.head(tenant: tenant) == Position(1))
        },
        EventLogBehaviour("an id that occurs twice in a batch is written once") { log, tenant in
            let one = Sample()
            let two = Sample()
            let first = one.append(at: 0)
            let outcomes = try await log.append(
                [
                    first, two.append(at: 0), first,
                    two.append(first.commandID, at: 1, fingerprint: [9]),
                ], tenant: tenant)
            let command = try #require(outcomes[0].appended)
            #expect(outcomes[1].appended != nil)
            #expect(outcomes[2] == .duplicate(command))
            #expect(outcomes[3] == .fingerprintMismatch(command))
            #expect(try await log.head(tenant: tenant) == Position(2))
        },
        EventLogBehaviour("an id whose first was not appended is undecided the second time") {
            log, tenant in
            let id = CommandID(UUID())
            let outcomes = try await log.append(
                [Sample().append(id, at: 7), Sample().append(id, at: 0)], tenant: tenant)
            #expect(
                outcomes == [.conflict(expected: StreamVersion(7), found: .none), .undecided])
            #expect(try await log.head(tenant: tenant) == .start)
        },
        EventLogBehaviour("links of a chain build on each other") { log, tenant in
            let one = Sample()
            let two = Sample()
            let outcomes = try await log.append(
                [
                    one.append(at: 0, events: 2), two.append(at: 0), one.append(at: 2, events: 0),
                    one.append(at: 2), two.append(at: 1),
                ], tenant: tenant)
            #expect(outcomes.compactMap { $0.appended?.version.value } == [2, 1, 2, 3, 2])
            #expect(outcomes.compactMap { $0.appended?.head.value } == [2, 3, 3, 4, 5])
        },
        EventLogBehaviour("after a conflict the rest of the chain is undecided, and only it") {
            log, tenant in
            let one = Sample()
            let two = Sample()
            _ = try await log.mustAppend(one.append(at: 0), tenant)
            // The second link names the version that somebody else wrote: it must not match.
            let outcomes = try await log.append(
                [one.append(at: 0), one.append(at: 1), two.append(at: 0), two.append(at: 1)],
                tenant: tenant)
            #expect(outcomes[0] == .conflict(expected: .none, found: StreamVersion(1)))
            #expect(outcomes[1] == .undecided)
            #expect(outcomes[2].appended?.positions?.lowerBound == Position(2))
            #expect(outcomes[3].appended?.positions?.lowerBound == Position(3))
        },
        EventLogBehaviour("after a duplicate the rest of the chain is undecided, retries excepted")
        {
            log, tenant in
            let sample = Sample()
            let first = sample.append(at: 0)
            let second = sample.append(at: 1)
            let commandA = try await log.mustAppend(first, tenant)
            let commandB = try await log.mustAppend(second, tenant)
            let outcomes = try await log.append(
                [first, sample.append(at: 2), second, sample.append(at: 2)], tenant: tenant)
            #expect(
                outcomes == [
                    .duplicate(commandA), .undecided, .duplicate(commandB), .undecided,
                ])
        },
    ]
}
