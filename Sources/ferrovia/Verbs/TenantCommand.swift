import ArgumentParser
import EventStore
import Foundation
import InfusionWire
import PostgresEventStore

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "The clinics that have a log in this database.",
        subcommands: [Create.self, List.self, RaiseEpoch.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a log for a clinic.")
        @OptionGroup var database: DatabaseOptions
        @Argument(
            help: "A lower-case letter, then 1 to 62 lower-case letters, digits, hyphens.",
            transform: Arguments.tenantName)
        var name: TenantName
        @Option(
            help: "The id it had elsewhere, for a log that is to be imported; default: a new one.",
            transform: Arguments.tenantID)
        var id: TenantID?
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let directory = TenantDirectory(pool: try database.pool(maximum: 1))
                let id = id ?? TenantID(UUID())
                switch try await directory.create(id, name: name) {
                case .created, .exists: break
                case .idTaken where self.id != nil:
                    throw Console.fail("there is a tenant with the id \(id) already", .found)
                case .nameTaken:
                    throw Console.fail("there is a tenant '\(name)' already", .found)
                case .idTaken: throw Console.fail("the new id is taken; try again", .software)
                }
                if json {
                    Console.out(["id": .uuid(id.uuid), "name": .string(name.description)])
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
                        Console.out(tenant.json)
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

extension Tenant {
    fileprivate var json: JSON {
        [
            "id": .uuid(id.uuid), "name": .string(name.description),
            "createdAt": .instant(createdAt), "logEpoch": .integer(logEpoch),
        ]
    }
}
