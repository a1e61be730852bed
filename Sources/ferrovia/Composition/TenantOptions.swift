import ArgumentParser

/// Which database and which clinic's log.
struct TenantOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The tenant's name.") var tenant: String

    func open() async throws -> Backend { try await Backend.open(database, tenant: tenant) }
}
