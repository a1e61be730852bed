public import Schema

/// What a ``Migrator`` applies; another set than the binary's own is for tests.
public struct SchemaSet: Sendable {
    public var roles: [SchemaFile]
    public var bootstrap: [SchemaFile]
    public var migrations: [SchemaFile]
    public var functions: [SchemaFile]
    public var privileges: [SchemaFile]

    public init(
        roles: [SchemaFile], bootstrap: [SchemaFile], migrations: [SchemaFile],
        functions: [SchemaFile], privileges: [SchemaFile]
    ) {
        self.roles = roles
        self.bootstrap = bootstrap
        self.migrations = migrations
        self.functions = functions
        self.privileges = privileges
    }

    /// The schema that belongs to this binary.
    public static let current = SchemaSet(
        roles: Schema.roles, bootstrap: Schema.bootstrap, migrations: Schema.migrations,
        functions: Schema.functions, privileges: Schema.privileges)
}
