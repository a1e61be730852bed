/// What the process around the edge knows of itself; the composition implements it.
public protocol HealthReporting: Sendable {
    /// One entry for each thing that has to work; all must be ready.
    func readiness() async -> [ReadinessCheck]
    func operation() async -> OperationSnapshot
}

/// One thing that has to work.
public struct ReadinessCheck: Hashable, Sendable {
    public let name: String
    public let isReady: Bool
    /// Safe to show to anybody.
    public let detail: String?
    public init(_ name: String, isReady: Bool, detail: String? = nil) {
        self.name = name
        self.isReady = isReady
        self.detail = detail
    }
}

/// Numbers that are read when they are asked for, not counted as they happen.
public struct OperationSnapshot: Hashable, Sendable {
    /// By state: `idle`, `leased`, …
    public var poolConnections: [String: Int] = [:]
    public var poolWaitTimeouts = 0
    /// Events between the head of the log and each asynchronous projection, summed over tenants.
    public var projectionLag: [String: Int64] = [:]
    /// Patients whose sequence waits for somebody.
    public var parkedStreams = 0
    /// Patients whose record stays closed, although a projection goes on without what closed it.
    public var closedRecords = 0
    /// Appends that wait for a tenant's next transaction.
    public var appendsWaiting: [String: Int] = [:]
    /// The last position of each tenant's log.
    public var logHead: [String: Int64] = [:]
    public init() {}
}

/// For tests and for running without a store.
public struct AlwaysReady: HealthReporting {
    public init() {}
    public func readiness() async -> [ReadinessCheck] { [] }
    public func operation() async -> OperationSnapshot { OperationSnapshot() }
}
