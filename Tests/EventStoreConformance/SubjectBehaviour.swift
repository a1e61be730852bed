public import EventStore
internal import Foundation
public import Testing

/// Something every log and its store of subjects must do, on an empty tenant.
public struct SubjectBehaviour: Sendable, CustomTestStringConvertible {
    public typealias Log = any EventLog<NoChanges>
    public typealias Directory = any (SubjectKeyStore & BlindIndex)

    public let testDescription: String
    private let body: @Sendable (Log, Directory, TenantID) async throws -> Void

    init(
        _ sentence: String,
        _ body: @escaping @Sendable (Log, Directory, TenantID) async throws -> Void
    ) {
        testDescription = sentence
        self.body = body
    }

    /// Runs it.
    public func exercise(
        _ log: Log, _ directory: Directory, tenant: TenantID
    ) async throws {
        try await body(log, directory, tenant)
    }

    /// All of them.
    public static let all = keys + rotation + tokens + batches

    private static func token(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

    private static let keys: [SubjectBehaviour] = [
        SubjectBehaviour("absent, present and erased are three answers") { log, directory, tenant in
            let sample = Sample()
            let key = SubjectKey(wrapped: Array(0...255), wrappingKeyID: "kek-1")
            #expect(try await directory.key(of: sample.subject, tenant: tenant) == .absent)
            #expect(
                try await directory.put(key, for: sample.subject, tenant: tenant) == .present(key))
            #expect(try await directory.key(of: sample.subject, tenant: tenant) == .present(key))
            let command = try await log.mustAppend(
                sample.append(at: 0, subject: .erased), tenant)
            // The tombstone and the event are of one transaction.
            #expect(
                try await directory.key(of: sample.subject, tenant: tenant)
                    == .erased(at: command.recordedAt))
            // Erasing once more changes nothing.
            _ = try await log.mustAppend(sample.append(at: 1, subject: .erased), tenant)
            #expect(
                try await directory.key(of: sample.subject, tenant: tenant)
                    == .erased(at: command.recordedAt))
        },
        SubjectBehaviour("the first key stays, and none comes back after erasure") {
            log, directory, tenant in
            let sample = Sample()
            let first = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            let second = SubjectKey(wrapped: [2], wrappingKeyID: "kek-1")
            _ = try await directory.put(first, for: sample.subject, tenant: tenant)
            #expect(
                try await directory.put(second, for: sample.subject, tenant: tenant)
                    == .present(first))
            _ = try await log.mustAppend(sample.append(at: 0, subject: .erased), tenant)
            try await expectErased(sample, directory, tenant, putting: second)
        },
        SubjectBehaviour("erasing whom nobody knew leaves a tombstone") { log, directory, tenant in
            let sample = Sample()
            _ = try await log.mustAppend(sample.append(at: 0, subject: .erased), tenant)
            let key = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            try await expectErased(sample, directory, tenant, putting: key)
        },
        SubjectBehaviour("an erasure that is not appended destroys nothing") {
            log, directory, tenant in
            let sample = Sample()
            let key = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            _ = try await directory.put(key, for: sample.subject, tenant: tenant)
            _ = try await log.mustAppend(
                sample.append(at: 0, subject: .tokens([token(1)])), tenant)
            let outcomes = try await log.append(
                [sample.append(at: 0, subject: .erased), Sample().append(at: 0)], tenant: tenant)
            #expect(outcomes[0] == .conflict(expected: .none, found: StreamVersion(1)))
            #expect(try await directory.key(of: sample.subject, tenant: tenant) == .present(key))
            #expect(
                try await directory.subject(for: token(1), tenant: tenant) == sample.subject)
        },
        SubjectBehaviour("those who race for a key get the same one") { _, directory, tenant in
            let subject = SubjectID(UUID())
            let states = try await withThrowingTaskGroup(of: SubjectKeyState.self) { group in
                for number: UInt8 in 0..<8 {
                    group.addTask {
                        let key = SubjectKey(wrapped: [number], wrappingKeyID: "kek-1")
                        return try await directory.put(key, for: subject, tenant: tenant)
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(states.count == 1)
        },
        SubjectBehaviour("what is too long, too short or too much is refused by name") {
            log, directory, tenant in
            let bytes = [UInt8](repeating: 0, count: EventLogLimits.wrappedKeyBytes + 1)
            await expect(.limitExceeded) {
                let key = SubjectKey(wrapped: bytes, wrappingKeyID: "kek-1")
                _ = try await directory.put(key, for: SubjectID(UUID()), tenant: tenant)
            }
            let many = (0...EventLogLimits.tokensPerSubject).map { token(UInt8($0)) }
            for tokens in [0, 15, 65].map({ [Array(bytes.prefix($0))] }) + [many] {
                let outcomes = try await log.append(
                    [Sample().append(at: 0, subject: .tokens(Set(tokens)))], tenant: tenant)
                #expect(outcomes == [.failed(.limitExceeded)])
            }
        },
    ]

    private static let rotation: [SubjectBehaviour] = [
        SubjectBehaviour("a key is replaced only where it is the one that was read") {
            log, directory, tenant in
            let sample = Sample()
            let first = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            let second = SubjectKey(wrapped: [2], wrappingKeyID: "kek-2")
            let third = SubjectKey(wrapped: [3], wrappingKeyID: "kek-2", followsLostKey: true)
            func replace(_ old: SubjectKey, _ new: SubjectKey) async throws -> Bool {
                try await directory.replace(old, with: new, of: sample.subject, tenant: tenant)
            }
            #expect(try await !replace(first, second))
            _ = try await directory.put(first, for: sample.subject, tenant: tenant)
            #expect(try await replace(first, second))
            #expect(try await !replace(first, third))
            #expect(try await directory.key(of: sample.subject, tenant: tenant) == .present(second))
            #expect(try await replace(second, third))
            #expect(try await directory.key(of: sample.subject, tenant: tenant) == .present(third))
            // That a key was lost is not forgotten by wrapping the new one anew.
            #expect(try await replace(third, first))
            #expect(
                try await directory.key(of: sample.subject, tenant: tenant)
                    == .present(
                        SubjectKey(wrapped: [1], wrappingKeyID: "kek-1", followsLostKey: true)))
            _ = try await log.mustAppend(sample.append(at: 0, subject: .erased), tenant)
            #expect(try await !replace(first, second))
        },
        SubjectBehaviour("subjects are found by the key that wraps theirs, in pages") {
            log, directory, tenant in
            #expect(try await directory.wrappingKeys(tenant: tenant).isEmpty)
            let samples = (0..<EventLogLimits.subjectsPerPage + 3).map { _ in Sample() }
            for (number, sample) in samples.enumerated() {
                let key = SubjectKey(
                    wrapped: [1], wrappingKeyID: number % 100 == 7 ? "kek-2" : "kek-1")
                _ = try await directory.put(key, for: sample.subject, tenant: tenant)
            }
            _ = try await log.mustAppend(samples[7].append(at: 0, subject: .erased), tenant)
            let inUse = try await directory.wrappingKeys(tenant: tenant)
            #expect(Set(inUse.keys) == ["kek-1", "kek-2"])
            var found: [String: [SubjectID]] = [:]
            for key in ["kek-1", "kek-2", "kek-3"] {
                var last: SubjectID?
                while true {
                    let page = try await directory.subjects(
                        under: key, after: last, tenant: tenant)
                    guard let end = page.last else { break }
                    found[key, default: []] += page
                    last = end
                }
            }
            let expected = Set(samples.map(\.subject)).subtracting([samples[7].subject])
            #expect(found["kek-2"]?.count == 4)
            #expect(found["kek-3"] == nil)
            #expect(found.values.joined().count == expected.count)
            #expect(Set(found.values.joined()) == expected)
            #expect(inUse["kek-2"].map { found["kek-2"]?.contains($0) == true } == true)
            let elsewhere = try await directory.wrappingKeys(tenant: TenantID(UUID()))
            #expect(elsewhere.isEmpty)
        },
    ]

    private static let tokens: [SubjectBehaviour] = [
        SubjectBehaviour("a token leads to one subject, and to none after erasure") {
            log, directory, tenant in
            let one = Sample()
            let two = Sample()
            let change = SubjectChange.tokens([token(7)])
            #expect(try await directory.subject(for: token(7), tenant: tenant) == nil)
            _ = try await log.mustAppend(one.append(at: 0, subject: change), tenant)
            _ = try await log.mustAppend(one.append(at: 1, subject: change), tenant)
            let taken = try await log.append([two.append(at: 0, subject: change)], tenant: tenant)
            #expect(taken == [.unavailable(constraint: SubjectChange.tokenTaken)])
            #expect(try await directory.subject(for: token(7), tenant: tenant) == one.subject)
            #expect(try await directory.subject(for: token(7), tenant: TenantID(UUID())) == nil)
            _ = try await log.mustAppend(one.append(at: 2, subject: .erased), tenant)
            #expect(try await directory.subject(for: token(7), tenant: tenant) == nil)
            let late = try await log.append([one.append(at: 3, subject: change)], tenant: tenant)
            #expect(late == [.unavailable(constraint: SubjectChange.subjectErased)])
            _ = try await log.mustAppend(two.append(at: 0, subject: change), tenant)
            #expect(try await directory.subject(for: token(7), tenant: tenant) == two.subject)
        },
        SubjectBehaviour("what is stated replaces what was, and frees what is gone") {
            log, directory, tenant in
            let sample = Sample()
            _ = try await log.mustAppend(
                sample.append(at: 0, subject: .tokens([token(1), token(2)])), tenant)
            _ = try await log.mustAppend(sample.append(at: 1), tenant)
            #expect(try await directory.subject(for: token(1), tenant: tenant) == sample.subject)
            _ = try await log.mustAppend(
                sample.append(at: 2, subject: .tokens([token(2), token(3)])), tenant)
            #expect(try await directory.subject(for: token(1), tenant: tenant) == nil)
            #expect(try await directory.subject(for: token(2), tenant: tenant) == sample.subject)
            #expect(try await directory.subject(for: token(3), tenant: tenant) == sample.subject)
            _ = try await log.mustAppend(sample.append(at: 3, subject: .tokens([])), tenant)
            #expect(try await directory.subject(for: token(3), tenant: tenant) == nil)
            _ = try await log.mustAppend(
                Sample().append(at: 0, subject: .tokens([token(1), token(2), token(3)])), tenant)
        },
        SubjectBehaviour("those who race for a token: one gets it, and only they are written") {
            log, directory, tenant in
            let samples = (0..<8).map { _ in Sample() }
            let outcomes = try await withThrowingTaskGroup(
                of: (SubjectID, AppendOutcome).self
            ) { group in
                for sample in samples {
                    group.addTask {
                        let append = sample.append(at: 0, subject: .tokens([token(9)]))
                        return (
                            sample.subject, try await log.append([append], tenant: tenant)[0]
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let winners = outcomes.filter { $0.1.appended != nil }
            #expect(winners.count == 1)
            #expect(
                outcomes.filter {
                    $0.1 == .unavailable(constraint: SubjectChange.tokenTaken)
                }.count == 7)
            #expect(
                try await directory.subject(for: token(9), tenant: tenant) == winners.first?.0)
            #expect(try await log.head(tenant: tenant) == Position(1))
        },
    ]

    private static let batches: [SubjectBehaviour] = [
        SubjectBehaviour("of two who claim a token in one batch the first gets it") {
            log, directory, tenant in
            let one = Sample()
            let two = Sample()
            let outcomes = try await log.append(
                [
                    one.append(at: 0, subject: .tokens([token(1), token(2)])),
                    two.append(at: 0, subject: .tokens([token(2)])), two.append(at: 1),
                    Sample().append(at: 0, subject: .tokens([token(3)])),
                ], tenant: tenant)
            #expect(outcomes[0].appended != nil)
            #expect(outcomes[1] == .unavailable(constraint: SubjectChange.tokenTaken))
            #expect(outcomes[2] == .undecided)
            #expect(outcomes[3].appended != nil)
            #expect(try await directory.subject(for: token(2), tenant: tenant) == one.subject)
        },
        SubjectBehaviour("who is not appended claims nothing from those after them") {
            log, directory, tenant in
            let holder = Sample()
            _ = try await log.mustAppend(
                holder.append(at: 0, subject: .tokens([token(1)])), tenant)
            let stale = Sample()
            let refused = Sample()
            let last = Sample()
            let outcomes = try await log.append(
                [
                    stale.append(at: 5, subject: .tokens([token(2)])),
                    refused.append(at: 0, subject: .tokens([token(1), token(3)])),
                    last.append(at: 0, subject: .tokens([token(2), token(3)])),
                ], tenant: tenant)
            #expect(outcomes[0] == .conflict(expected: StreamVersion(5), found: .none))
            #expect(outcomes[1] == .unavailable(constraint: SubjectChange.tokenTaken))
            #expect(outcomes[2].appended != nil)
            #expect(try await directory.subject(for: token(3), tenant: tenant) == last.subject)
        },
        SubjectBehaviour("of a subject's changes in one batch the last one stays") {
            log, directory, tenant in
            let sample = Sample()
            let gone = Sample()
            let outcomes = try await log.append(
                [
                    sample.append(at: 0, subject: .tokens([token(1)])),
                    gone.append(at: 0, subject: .tokens([token(4)])),
                    sample.append(at: 1, subject: .tokens([token(2), token(3)])),
                    gone.append(at: 1, subject: .erased), sample.append(at: 2),
                ], tenant: tenant)
            #expect(outcomes.allSatisfy { $0.appended != nil })
            #expect(try await directory.subject(for: token(1), tenant: tenant) == nil)
            #expect(try await directory.subject(for: token(2), tenant: tenant) == sample.subject)
            #expect(try await directory.subject(for: token(3), tenant: tenant) == sample.subject)
            #expect(try await directory.subject(for: token(4), tenant: tenant) == nil)
            guard case .erased = try await directory.key(of: gone.subject, tenant: tenant) else {
                throw Unexpected("not erased")
            }
        },
    ]

    /// A late put does not bring a subject back.
    private static func expectErased(
        _ sample: Sample, _ directory: Directory, _ tenant: TenantID, putting key: SubjectKey
    ) async throws {
        guard case .erased = try await directory.put(key, for: sample.subject, tenant: tenant)
        else {
            throw Unexpected("not erased")
        }
    }
}
