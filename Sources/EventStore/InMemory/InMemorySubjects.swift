/// One tenant's subject keys and blind index.
struct InMemorySubjects: Sendable {
    private var keys: [SubjectID: SubjectKeyState] = [:]
    private var holders: [[UInt8]: SubjectID] = [:]

    func key(of subject: SubjectID) -> SubjectKeyState { keys[subject] ?? .absent }

    func holder(of token: [UInt8]) -> SubjectID? { holders[token] }

    mutating func put(_ key: SubjectKey, for subject: SubjectID) -> SubjectKeyState {
        if keys[subject] == nil { keys[subject] = .present(key) }
        return self.key(of: subject)
    }

    mutating func replace(_ old: SubjectKey, with new: SubjectKey, of subject: SubjectID) -> Bool {
        guard case .present(let found) = key(of: subject), found.wrapped == old.wrapped else {
            return false
        }
        keys[subject] = .present(
            SubjectKey(
                wrapped: new.wrapped, wrappingKeyID: new.wrappingKeyID,
                followsLostKey: found.followsLostKey || new.followsLostKey))
        return true
    }

    /// The subjects by the key that wraps theirs, in the order of their ids.
    var byWrappingKey: [String: [SubjectID]] {
        var found: [String: [SubjectID]] = [:]
        for (subject, state) in keys {
            guard case .present(let key) = state else { continue }
            found[key.wrappingKeyID, default: []].append(subject)
        }
        return found.mapValues { $0.sorted { $0.description < $1.description } }
    }

    /// The constraint that forbids the change, or nil.
    func forbids(_ change: SubjectChange, of subject: SubjectID) -> String? {
        switch change {
        case .unchanged, .erased: return nil
        case .tokens(let tokens):
            if case .erased = key(of: subject) { return SubjectChange.subjectErased }
            let isTaken = tokens.contains { holder(of: $0) ?? subject != subject }
            return isTaken ? SubjectChange.tokenTaken : nil
        }
    }

    mutating func apply(_ change: SubjectChange, to subject: SubjectID, at instant: Timestamp) {
        switch change {
        case .unchanged: return
        case .tokens(let tokens):
            holders = holders.filter { $0.value != subject }
            for token in tokens { holders[token] = subject }
        case .erased:
            holders = holders.filter { $0.value != subject }
            if case .erased = key(of: subject) { return }
            keys[subject] = .erased(at: instant)
        }
    }
}

extension InMemoryEventLog: SubjectKeyStore, BlindIndex {
    public func key(
        of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        logs[tenant]?.subjects.key(of: subject) ?? .absent
    }

    public func put(
        _ key: SubjectKey, for subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> SubjectKeyState {
        guard key.wrapped.count <= EventLogLimits.wrappedKeyBytes else {
            throw .limitExceeded("wrappedKeyBytes", EventLogLimits.wrappedKeyBytes)
        }
        guard let state = logs[tenant]?.subjects.put(key, for: subject) else {
            throw EventLogError(.unknownTenant, "there is no such tenant")
        }
        return state
    }

    public func replace(
        _ old: SubjectKey, with new: SubjectKey, of subject: SubjectID, tenant: TenantID
    ) async throws(EventLogError) -> Bool {
        logs[tenant]?.subjects.replace(old, with: new, of: subject) ?? false
    }

    public func wrappingKeys(
        tenant: TenantID
    ) async throws(EventLogError) -> [String: SubjectID] {
        (logs[tenant]?.subjects.byWrappingKey ?? [:]).compactMapValues(\.first)
    }

    public func subjects(
        under wrappingKeyID: String, after subject: SubjectID?, tenant: TenantID
    ) async throws(EventLogError) -> [SubjectID] {
        let all = logs[tenant]?.subjects.byWrappingKey[wrappingKeyID] ?? []
        let rest = all.drop { $0.description <= subject?.description ?? "" }
        return Array(rest.prefix(EventLogLimits.subjectsPerPage))
    }

    public func subject(
        for token: [UInt8], tenant: TenantID
    ) async throws(EventLogError) -> SubjectID? {
        logs[tenant]?.subjects.holder(of: token)
    }
}
