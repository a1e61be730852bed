public import EventStore
internal import Foundation
public import Testing

/// Something every store of subject keys and blind index must do, on an empty tenant.
public struct SubjectBehaviour: Sendable, CustomTestStringConvertible {
    public typealias Directory = any (SubjectKeyStore & BlindIndex)

    public let testDescription: String
    private let body: @Sendable (Directory, TenantID) async throws -> Void

    init(
        _ sentence: String, _ body: @escaping @Sendable (Directory, TenantID) async throws -> Void
    ) {
        testDescription = sentence
        self.body = body
    }

    /// Runs it.
    public func exercise(_ directory: Directory, tenant: TenantID) async throws {
        try await body(directory, tenant)
    }

    /// All of them.
    public static let all: [SubjectBehaviour] = [
        SubjectBehaviour("absent, present and erased are three answers") { directory, tenant in
            let subject = SubjectID(UUID())
            let key = SubjectKey(wrapped: Array(0...255), wrappingKeyID: "kek-1")
            #expect(try await directory.key(of: subject, tenant: tenant) == .absent)
            #expect(try await directory.put(key, for: subject, tenant: tenant) == .present(key))
            #expect(try await directory.key(of: subject, tenant: tenant) == .present(key))
            #expect(try await directory.destroyKey(of: subject, tenant: tenant))
            guard case .erased = try await directory.key(of: subject, tenant: tenant) else {
                throw Unexpected("not erased")
            }
            #expect(try await directory.destroyKey(of: subject, tenant: tenant) == false)
        },
        SubjectBehaviour("the first key stays, and none comes back after erasure") {
            directory, tenant in
            let subject = SubjectID(UUID())
            let first = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            let second = SubjectKey(wrapped: [2], wrappingKeyID: "kek-1")
            _ = try await directory.put(first, for: subject, tenant: tenant)
            #expect(
                try await directory.put(second, for: subject, tenant: tenant) == .present(first))
            _ = try await directory.destroyKey(of: subject, tenant: tenant)
            guard case .erased = try await directory.put(second, for: subject, tenant: tenant)
            else {
                throw Unexpected("not erased")
            }
        },
        SubjectBehaviour("erasing whom nobody knew leaves a tombstone") { directory, tenant in
            let subject = SubjectID(UUID())
            #expect(try await directory.destroyKey(of: subject, tenant: tenant))
            let key = SubjectKey(wrapped: [1], wrappingKeyID: "kek-1")
            guard case .erased = try await directory.put(key, for: subject, tenant: tenant) else {
                throw Unexpected("not erased")
            }
        },
        SubjectBehaviour("those who race for a key get the same one") { directory, tenant in
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
        SubjectBehaviour("a token leads to one subject, and to none after erasure") {
            directory, tenant in
            let one = SubjectID(UUID())
            let two = SubjectID(UUID())
            let token = [UInt8](repeating: 7, count: 32)
            #expect(try await directory.subject(for: token, tenant: tenant) == nil)
            #expect(try await directory.enter(token, for: one, tenant: tenant) == .entered)
            #expect(try await directory.enter(token, for: one, tenant: tenant) == .entered)
            #expect(try await directory.enter(token, for: two, tenant: tenant) == .taken(by: one))
            #expect(try await directory.subject(for: token, tenant: tenant) == one)
            #expect(
                try await directory.subject(for: token, tenant: TenantID(UUID())) == nil)
            _ = try await directory.destroyKey(of: one, tenant: tenant)
            #expect(try await directory.subject(for: token, tenant: tenant) == nil)
            #expect(try await directory.enter(token, for: one, tenant: tenant) == .subjectErased)
            #expect(try await directory.enter(token, for: two, tenant: tenant) == .entered)
        },
        SubjectBehaviour("what is too long or too short is refused by name") { directory, tenant in
            let subject = SubjectID(UUID())
            let bytes = [UInt8](repeating: 0, count: EventLogLimits.wrappedKeyBytes + 1)
            await expect(.limitExceeded) {
                let key = SubjectKey(wrapped: bytes, wrappingKeyID: "kek-1")
                _ = try await directory.put(key, for: subject, tenant: tenant)
            }
            for count in [0, 15, 65] {
                await expect(.limitExceeded) {
                    _ = try await directory.enter(
                        Array(bytes.prefix(count)), for: subject, tenant: tenant)
                }
            }
        },
    ]
}
