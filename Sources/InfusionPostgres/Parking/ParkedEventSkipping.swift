public import EventStore
public import Infusion
public import InfusionJournal
public import InfusionProjections
public import Postgres

/// An administrator's decision that a projection goes on without the event that parked a patient.
public struct SkipRequest: Hashable, Sendable {
    public let projection: ProjectionName
    public let patient: PatientID
    public let reason: SkipReason
    public let decision: AdministrationRequest

    public init(
        projection: ProjectionName, patient: PatientID, reason: SkipReason,
        decision: AdministrationRequest
    ) {
        self.projection = projection
        self.patient = patient
        self.reason = reason
        self.decision = decision
    }
}

/// What came of the decision.
public enum SkipOutcome: Hashable, Sendable {
    /// Recorded at a position; the projection goes on once it has come there.
    case recorded(skipped: Position, at: Position)
    /// It had been decided before, and the projection has not come there yet.
    case decidedBefore(skipped: Position, at: Position)
    /// The patient is not parked.
    case notParked
}

/// Records skips in the tenant's administration stream. Nothing else is written: the projection
/// reads the decision in the log, where a rebuild finds it too.
public struct ParkedEventSkipping<Log: EventLog<NoChanges>>: Sendable {
    private let pool: PostgresPool
    private let log: Log
    private let tenant: TenantID

    /// - Parameters:
    ///   - pool: Sees what is parked.
    ///   - log: Appends without inline projections: none of them reads the administration stream.
    public init(pool: PostgresPool, log: Log, tenant: TenantID) {
        self.pool = pool
        self.log = log
        self.tenant = tenant
    }

    /// - Throws: `.storeFailed` with its code if the log refuses the decision; `.unavailable` when
    ///   other administrators kept deciding first.
    public func skip(_ request: SkipRequest) async throws(EventLogError) -> SkipOutcome {
        for _ in 0..<JournalLimits.administrationAttempts {
            let parked = try await ParkedPatient.list(request.projection, pool, tenant: tenant)
            guard let entry = parked.first(where: { $0.patient == request.patient }) else {
                return .notParked
            }
            let position = entry.stream.position
            let stream = try await log.administration(of: tenant)
            if let before = stream.first(where: { $0.skips(position, request.projection) }) {
                return .decidedBefore(skipped: position, at: before.position)
            }
            let outcome = try await append(
                request, position, after: stream.last?.version ?? .none)
            switch outcome {
            case .appended(let command), .duplicate(let command):
                return .recorded(skipped: position, at: command.head)
            case .conflict, .undecided:
                continue
            case .failed(let code):
                throw EventLogError(code, "the decision was not recorded")
            case .fingerprintMismatch, .unavailable:
                throw EventLogError(.storeFailed, "the decision was not recorded")
            }
        }
        throw EventLogError(.unavailable, "other administrators kept deciding first; try again")
    }

    private func append(
        _ request: SkipRequest, _ position: Position, after version: StreamVersion
    ) async throws(EventLogError) -> AppendOutcome {
        let event = AdministrationEvent.eventSkipped(
            EventSkipped(
                projection: request.projection.rawValue, patient: request.patient,
                position: position, reason: request.reason))
        let append = request.decision.append(
            event, tenant: tenant, after: version, causation: position)
        return try await log.append([append], tenant: tenant)[0]
    }
}

extension RecordedEvent {
    /// Whether this is the decision to leave out an event in a projection.
    fileprivate func skips(_ position: Position, _ projection: ProjectionName) -> Bool {
        guard let event = try? AdministrationCodec().decode(data) else { return false }
        return switch event {
        case .eventSkipped(let skip):
            skip.position == position && skip.projection == projection.rawValue
        case .formularyActivated, .pathwaysActivated: false
        }
    }
}
