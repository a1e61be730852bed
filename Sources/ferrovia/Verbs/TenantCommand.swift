import ArgumentParser
import EventStore
import Foundation
import InfusionJournal
import Postgres
import PostgresEventStore

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The clinics that have a log in this database.",
        subcommands: [Create.self, List.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a log for a clinic.")
        @OptionGroup var database: DatabaseOptions
        @Argument(help: "A lower-case letter, then up to 62 lower-case letters, digits, hyphens.")
        var name: String
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            guard let name = TenantName(name) else {
                throw ValidationError(
                    "'\(self.name)' is no tenant name: a lower-case letter, then 1 to 62 lower-case "
                        + "letters, digits or hyphens")
            }
            try await Failing.run {
                let directory = TenantDirectory(pool: try database.pool(maximum: 1))
                let id = TenantID(UUID())
                switch try await directory.create(id, name: name) {
                case .created, .exists: break
                case .nameTaken:
                    throw Console.fail("there is a tenant '\(name)' already", Exit.found)
                case .idTaken: throw Console.fail("the new id is taken; try again", Exit.software)
                }
                if json {
                    Console.out(
                        bytes: JSONAnswer.object { writer in
                            writer.key("id")
                            writer.string(id.description)
                            writer.key("name")
                            writer.string(name.description)
                        })
                } else {
                    Console.out("Opened the log of \(name): \(id)")
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists them.")
        @OptionGroup var database: DatabaseOptions
        @Flag(help: "Answer in JSON, one line a tenant.") var json = false

        func run() async throws {
            try await Failing.run {
                let tenants = try await TenantDirectory(pool: try database.pool(maximum: 1)).list()
                var table = Table("name", "id", "created", "log epoch")
                for tenant in tenants {
                    if json {
                        Console.out(
                            bytes: JSONAnswer.object { writer in
                                writer.key("id")
                                writer.string(tenant.id.description)
                                writer.key("name")
                                writer.string(tenant.name.description)
                                writer.key("createdAt")
                                writer.string(tenant.createdAt.text)
                                writer.key("logEpoch")
                                writer.integer(Int64(tenant.logEpoch))
                            })
                    } else {
                        table.add(
                            tenant.name.description, tenant.id.description, tenant.createdAt.text,
                            String(tenant.logEpoch))
                    }
                }
                if !json { Console.out(table.render()) }
            }
        }
    }
}
