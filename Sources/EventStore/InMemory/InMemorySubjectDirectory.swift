/// Subject keys and the blind index in memory.
public actor InMemorySubjectDirectory: SubjectKeyStore, BlindIndex {
    private struct Place<Key: Hashable & Sendable>: Hashable {
        let tenant: TenantID
        let key: Key
    }

    private let clock: @Sendable () -> Timestamp
    private var keys: [Place<SubjectID>: SubjectKeyState] = [:]
    private var tokens: [Place<[UInt8]>: SubjectID] = [:]

    public init(clock: @escaping @Sendable () -> Timestamp) {
        self.clock = clock
    }

    public func key(
        of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        keys[Place(tenant: tenant, key: subject)] ?? .absent
    }

    public func put(
        _ key: SubjectKey, for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        guard key.wrapped.count <= EventLogLimits.wrappedKeyBytes else {
            throw .limitExceeded("wrappedKeyBytes", EventLogLimits.wrappedKeyBytes)
        }
        let place = Place(tenant: tenant, key: subject)
        if keys[place] == nil { keys[place] = .present(key) }
        return keys[place] ?? .absent
    }

    public func destroyKey(
        of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> Bool {
        tokens = tokens.filter { $0.key.tenant != tenant || $0.value != subject }
        let place = Place(tenant: tenant, key: subject)
        if case .erased = keys[place] { return false }
        keys[place] = .erased(at: clock())
        return true
    }

    public func subject(
        for token: [UInt8], tenant: TenantID
    ) async throws(EventLogError) -> SubjectID? {
        tokens[Place(tenant: tenant, key: token)]
    }

    public func enter(
        _ token: [UInt8], for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> BlindIndexEntry {
        guard EventLogLimits.tokenBytes.contains(token.count) else {
            throw .limitExceeded("tokenBytes", EventLogLimits.tokenBytes.upperBound)
        }
        if case .erased = keys[Place(tenant: tenant, key: subject)] { return .subjectErased }
        let place = Place(tenant: tenant, key: token)
        if let holder = tokens[place], holder != subject { return .taken(by: holder) }
        tokens[place] = subject
        return .entered
    }
}
