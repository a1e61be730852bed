public import EventStore
public import Infusion
public import InfusionJournal

/// Why a file is not taken into force.
public enum KnowledgeRefusal: Error, Hashable, Sendable {
    /// It allows more than a label, or than a site may set; each place by name.
    case weakerThanLabel([Weakening])
    /// The log knows the version with another content: a version means one thing for ever.
    case versionTaken(String, activatedAt: Position)
    /// The version is that of the shipped file, which has another content.
    case versionShipped(String)
    /// Larger than ``JournalLimits/knowledgeBytes``.
    case tooLarge(bytes: Int)
}

/// What came of an activation.
public enum KnowledgeOutcome: Hashable, Sendable {
    case activated(at: Position)
    /// It was in force already; nothing was recorded.
    case alreadyInForce(since: Position)
}

/// Takes files of one kind into force: an event of the tenant's administration stream, with the whole
/// content.
public struct KnowledgeActivation<File: KnowledgeFile, Log: EventLog<NoChanges>>: Sendable {
    private let log: Log
    private let tenant: TenantID

    public init(_: File.Type, log: Log, tenant: TenantID) {
        self.log = log
        self.tenant = tenant
    }

    /// The tenant's activations of this kind, the first one first.
    public func history() async throws(EventLogError) -> [(
        event: RecordedEvent, activated: KnowledgeActivated
    )] {
        Self.activations(in: try await log.administration(of: tenant))
    }

    private static func activations(
        in stream: [RecordedEvent]
    ) -> [(event: RecordedEvent, activated: KnowledgeActivated)] {
        stream.compactMap { event in
            guard let decoded = try? AdministrationCodec().decode(event.data),
                let activated = File.activated(by: decoded)
            else { return nil }
            return (event, activated)
        }
    }

    /// - Throws: ``KnowledgeRefusal``, or `EventLogError` when the log fails or others kept deciding first.
    public func activate(
        _ file: File, _ request: AdministrationRequest
    ) async throws -> KnowledgeOutcome {
        try Self.require(file)
        for _ in 0..<JournalLimits.administrationAttempts {
            let stream = try await log.administration(of: tenant)
            let known = Self.activations(in: stream)
            if let last = known.last, last.activated.contentHash == file.contentHash {
                return .alreadyInForce(since: last.event.position)
            }
            if let other = known.last(where: {
                $0.activated.version == file.version
                    && $0.activated.contentHash != file.contentHash
            }) {
                throw KnowledgeRefusal.versionTaken(
                    file.version, activatedAt: other.event.position)
            }
            let append = request.append(
                File.activation(
                    KnowledgeActivated(
                        version: file.version, contentHash: file.contentHash, content: file.text)),
                tenant: tenant, after: stream.last?.version ?? .none, causation: nil)
            switch try await log.append([append], tenant: tenant)[0] {
            case .appended(let command), .duplicate(let command):
                return .activated(at: command.head)
            case .conflict, .undecided: continue
            case .failed(let code):
                throw EventLogError(code, "the \(File.name) was not activated")
            case .fingerprintMismatch, .unavailable:
                throw EventLogError(.storeFailed, "the \(File.name) was not activated")
            }
        }
        throw EventLogError(.unavailable, "other administrators kept deciding first; try again")
    }

    /// What the file itself must be, whatever the log holds.
    private static func require(_ file: File) throws(KnowledgeRefusal) {
        let weakenings = file.weakenings
        guard weakenings.isEmpty else { throw .weakerThanLabel(weakenings) }
        let bytes = file.text.utf8.count
        guard bytes <= JournalLimits.knowledgeBytes else { throw .tooLarge(bytes: bytes) }
        guard file.version != File.shipped.version || file.contentHash == File.shipped.contentHash
        else { throw .versionShipped(file.version) }
    }
}
