internal import EventStore
internal import Foundation
internal import Testing

extension EventLogBehaviour {
    static let racing: [EventLogBehaviour] = [
        EventLogBehaviour("of many writers at one version exactly one wins") { log, tenant in
            let sample = Sample()
            for version: Int64 in 0..<5 {
                let outcomes = try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try await log.append([sample.append(at: version)], tenant: tenant)[0]
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes.count { $0.appended != nil } == 1)
                let lost = AppendOutcome.conflict(
                    expected: StreamVersion(version), found: StreamVersion(version + 1))
                #expect(outcomes.count { $0 == lost } == 7)
            }
            #expect(try await log.head(tenant: tenant) == Position(5))
        },
        EventLogBehaviour("a retry in flight with its first is written once") { log, tenant in
            for _ in 0..<10 {
                let append = Sample().append(at: 0)
                let outcomes = try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
                    for _ in 0..<4 {
                        group.addTask { try await log.append([append], tenant: tenant)[0] }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                let first = outcomes.compactMap(\.appended)
                #expect(first.count == 1)
                #expect(outcomes.compactMap(\.duplicate) == [first[0], first[0], first[0]])
            }
            #expect(try await log.head(tenant: tenant) == Position(10))
        },
    ]
}
