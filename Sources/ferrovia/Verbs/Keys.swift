import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import PostgresEventStore

/// The master keys: which are in use, how to replace one, what to do when one is lost.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The master keys of a clinic's patients: which are in use, replacing, losing.",
        subcommands: [StatusOfKeys.self, Rotate.self, ReplaceLost.self])

    struct StatusOfKeys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Which master keys are in use, and whether the file at hand opens them.")
        @OptionGroup var options: TenantOptions
        @Flag(help: "Answer in JSON, one line a key.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let inUse = try await backend.custody().inUse(tenant: backend.tenant)
                let active = try Backend.keyring().active.id
                var table = Table("master key", "used for", "the file at hand")
                for (id, opens) in inUse.sorted(by: { $0.key < $1.key }) {
                    if json {
                        Console.out(
                            bytes: JSONAnswer.object { writer in
                                writer.key("masterKey")
                                writer.string(id)
                                writer.key("active")
                                writer.bool(id == active)
                                writer.key("opens")
                                writer.bool(opens)
                            })
                    } else {
                        table.add(
                            id, id == active ? "everything new" : "older patients",
                            opens ? "opens it" : "does not open it")
                    }
                }
                if !json { Console.out(table.render()) }
                if inUse.values.contains(false) { throw Exit.found }
            }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts every patient under the first key of the file.",
            discussion: """
                Needs the old keys below the new one. Keys of patients are wrapped anew, and the index by \
                which identifiers are found is made anew; no event is touched. May be interrupted and run \
                again, beside the service once all its instances have the new file. Afterwards \
                'ferrovia keys status' shows that the old key may go.
                """)
        @OptionGroup var options: TenantOptions

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let useCases = try await backend.useCases()
                let custody = try backend.custody()
                let active = try Backend.keyring().active.id
                let old = try await custody.inUse(tenant: backend.tenant).keys.filter {
                    $0 != active
                }
                var count = 0
                for master in old.sorted() {
                    count += try await custody.rewrap(under: master, tenant: backend.tenant) {
                        try await restate($0, useCases: useCases, backend: backend)
                    }
                }
                Console.out("\(count.counted("patient is", "patients are")) now under '\(active)'.")
            }
        }

        /// The same identity once more is no news to the log, and enters its tokens under the first key.
        private func restate(
            _ patient: PatientID, useCases: InfusionService, backend: Backend
        ) async throws {
            let view: PatientView
            do {
                view = try await useCases.patient(patient, asOf: .now, actor: backend.actor)
            } catch ApplicationError.notFound {
                // A registration that was never written left a key.
                return
            }
            guard case .present(let identity) = view.identity,
                let gender = view.state.registration?.gender
            else { return }
            _ = try await useCases.handle(
                CommandRequest(
                    actor: backend.actor, commandID: CommandID(UUID()),
                    fingerprint: Array("keys rotate".utf8), correlationID: UUID(),
                    expectedVersion: nil, target: .patient(patient),
                    command: .correctIdentity(identity, gender)))
        }
    }

    struct ReplaceLost: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives the patients of a master key that is gone for good new keys.",
            discussion: """
                What was sealed under the lost key, names, birth dates and identifiers, is erased by this \
                for ever; everything else stays. Identities can then be stated again. Read \
                docs/runbooks/key-loss.md first.
                """)
        @OptionGroup var options: TenantOptions
        @Option(help: "The id of the lost key, as ferrovia keys status names it.") var lost: String
        @Flag(help: "Required: it cannot be undone.") var forEver = false

        func validate() throws {
            guard forEver else {
                throw ValidationError("this cannot be undone: say --for-ever")
            }
        }

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let custody = try backend.custody()
                switch try await custody.inUse(tenant: backend.tenant)[lost] {
                case nil: throw Console.fail("no patient is under '\(lost)'", .noAnswer)
                case true?:
                    throw Console.fail(
                        "'\(lost)' is not lost: the file at hand opens it", .configuration)
                case false?: break
                }
                let count = try await custody.replaceLost(under: lost, tenant: backend.tenant)
                Console.out(
                    "\(count.counted("patient has", "patients have")) new keys; who they are has to "
                        + "be stated again.")
            }
        }
    }
}
