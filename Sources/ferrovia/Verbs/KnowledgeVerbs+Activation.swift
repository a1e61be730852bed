import EventStore
import Infusion
import InfusionJournal
import InfusionKnowledge
import InfusionWire
import PostgresEventStore
import YAMLReader

/// What is in force for a tenant, and how that changes.
extension KnowledgeVerbs {
    // MARK: In force

    /// The file that is in force for a tenant; the one that is shipped where no tenant is named, or where it
    /// has activated none.
    static func inForce(
        for tenant: String?, in database: DatabaseOptions
    ) async throws -> File {
        guard let tenant else { return File.shipped }
        return try await inForce(of: Backend.open(database, tenant: tenant))
    }

    private static func inForce(of backend: Backend) async throws -> File {
        guard let last = try await activation(of: backend).history().last else {
            return File.shipped
        }
        do throws(YAMLProblems) { return try File(last.activated) } catch {
            throw Console.fail("\(error)", .software)
        }
    }

    /// Compares a file with an older one, or with what is in force.
    static func diff(
        _ file: String, against older: String?, orInForceFor tenant: String?,
        in database: DatabaseOptions, json: Bool
    ) async throws {
        let new = try require(file)
        let old =
            if let older { try require(older) } else {
                try await inForce(for: tenant, in: database)
            }
        try diff(new, against: old, json: json)
    }

    static func show(inForceFor tenant: String?, in database: DatabaseOptions) async throws {
        Console.raw(Array(try await inForce(for: tenant, in: database).text.utf8))
    }

    // MARK: Activate

    static func activate(
        _ file: File, for backend: Backend, by actor: String, json: Bool
    ) async throws {
        let outcome: KnowledgeOutcome
        do {
            outcome = try await activation(of: backend).activate(
                file, Backend.decision(by: actor))
        } catch let refusal as KnowledgeRefusal {
            throw Failure(
                message: refusal.text, exit: .found,
                members: Failure.refusal(refusal.code, refusal.members))
        }
        let (position, isNew) =
            switch outcome {
            case .activated(let position): (position, true)
            case .alreadyInForce(let position): (position, false)
            }
        guard !json else {
            return Console.out([
                "version": .string(file.version), "contentHash": .string(file.contentHash),
                "position": .integer(position.value), "activated": .bool(isNew),
            ])
        }
        Console.out(
            isNew
                ? "\(file.version) is in force from position \(position) on."
                : "\(file.version) has been in force since position \(position).")
    }

    private static func activation(
        of backend: Backend
    ) -> KnowledgeActivation<File, PostgresEventStore<NoInlineProjections>> {
        KnowledgeActivation(
            File.self, log: PostgresEventStore(pool: backend.pool, logger: Quiet.logger),
            tenant: backend.tenant)
    }

    // MARK: History

    static func history(of backend: Backend, json: Bool) async throws {
        let history = try await activation(of: backend).history()
        guard !json else {
            for (event, activated) in history {
                Console.out([
                    "version": .string(activated.version),
                    "contentHash": .string(activated.contentHash),
                    "position": .integer(event.position.value),
                    "actor": .string(event.metadata.actor),
                    "recordedAt": .string(event.recordedAt.text),
                ])
            }
            return
        }
        var table = Table("version", "from position", "recorded", "by", "SHA-256")
        for (event, activated) in history {
            table.add(
                activated.version, event.position.description, event.recordedAt.text,
                event.metadata.actor, activated.contentHash)
        }
        Console.out(
            history.isEmpty
                ? "None activated: what is shipped decides, \(File.shipped.version)."
                : table.render())
    }
}

extension KnowledgeRefusal {
    fileprivate var code: String {
        switch self {
        case .weakerThanLabel: "weaker-than-label"
        case .versionTaken: "version-taken"
        case .versionShipped: "version-shipped"
        case .tooLarge: "too-large"
        }
    }

    fileprivate var members: [JSON.Member] {
        switch self {
        case .weakerThanLabel(let weakenings):
            [.init(name: "weakenings", value: .list(weakenings) { .string($0.description) })]
        case .versionTaken(let version, let position):
            [
                .init(name: "version", value: .string(version)),
                .init(name: "position", value: .integer(position.value)),
            ]
        case .versionShipped(let version):
            [.init(name: "version", value: .string(version))]
        case .tooLarge(let bytes):
            [
                .init(name: "bytes", value: .integer(bytes)),
                .init(name: "maximumBytes", value: .integer(JournalLimits.knowledgeBytes)),
            ]
        }
    }

    fileprivate var text: String {
        switch self {
        case .weakerThanLabel(let weakenings):
            "not activated, weaker than a label:\n"
                + weakenings.map(\.description).joined(separator: "\n")
        case .versionTaken(let version, let position):
            "not activated: \(version) was activated at position \(position) with another content; "
                + "give this one a version of its own"
        case .versionShipped(let version):
            "not activated: \(version) is shipped with another content; give this one a version of its "
                + "own"
        case .tooLarge(let bytes):
            "not activated: \(bytes) bytes; accepted: at most \(JournalLimits.knowledgeBytes)"
        }
    }
}
