public import EventStore
public import Infusion
public import InfusionJournal

/// Why a formulary is not taken into force.
public enum FormularyRefusal: Error, Hashable, Sendable {
    /// It allows more than a label; each place by name.
    case weakerThanLabel([Weakening])
    /// The log knows the version with another content: a version means one thing for ever.
    case versionTaken(String, activatedAt: Position)
    /// Larger than ``JournalLimits/formularyBytes``.
    case tooLarge(bytes: Int)
}

/// What came of an activation.
public enum FormularyOutcome: Hashable, Sendable {
    case activated(at: Position)
    /// It was in force already; nothing was recorded.
    case alreadyInForce(since: Position)
}

/// Takes formularies into force: an event of the tenant's administration stream, with the whole content.
public struct FormularyActivation<Log: EventLog<NoChanges>>: Sendable {
    private let log: Log
    private let tenant: TenantID

    public init(log: Log, tenant: TenantID) {
        self.log = log
        self.tenant = tenant
    }

    /// The tenant's activations, the first one first.
    public func history() async throws(EventLogError) -> [(
        event: RecordedEvent, activated: FormularyActivated
    )] {
        try await log.administration(of: tenant).compactMap { event in
            guard
                case .formularyActivated(let activated)? = try? AdministrationCodec().decode(
                    event.data)
            else { return nil }
            return (event, activated)
        }
    }

    /// - Throws: ``FormularyRefusal``, or `EventLogError` when the log fails or others kept deciding first.
    public func activate(
        _ file: FormularyFile, _ request: AdministrationRequest
    ) async throws -> FormularyOutcome {
        let weakenings = file.weakenings
        guard weakenings.isEmpty else { throw FormularyRefusal.weakerThanLabel(weakenings) }
        let bytes = file.text.utf8.count
        guard bytes <= JournalLimits.formularyBytes else {
            throw FormularyRefusal.tooLarge(bytes: bytes)
        }
        for _ in 0..<JournalLimits.administrationAttempts {
            let stream = try await log.administration(of: tenant)
            let known = try await history()
            if let last = known.last, last.activated.contentHash == file.contentHash {
                return .alreadyInForce(since: last.event.position)
            }
            let version = file.formulary.version
            if let other = known.last(where: {
                $0.activated.version == version && $0.activated.contentHash != file.contentHash
            }) {
                throw FormularyRefusal.versionTaken(version, activatedAt: other.event.position)
            }
            let append = request.append(
                .formularyActivated(
                    FormularyActivated(
                        version: version, contentHash: file.contentHash, content: file.text)),
                tenant: tenant, after: stream.last?.version ?? .none, causation: nil)
            switch try await log.append([append], tenant: tenant)[0] {
            case .appended(let command), .duplicate(let command):
                return .activated(at: command.head)
            case .conflict, .undecided: continue
            case .failed(let code): throw EventLogError(code, "the formulary was not activated")
            case .fingerprintMismatch, .unavailable:
                throw EventLogError(.storeFailed, "the formulary was not activated")
            }
        }
        throw EventLogError(.unavailable, "other administrators kept deciding first; try again")
    }
}
