/// The database schema that belongs to this binary: all files of `schema/`, in the order in which the
/// migrator applies them. A test compares these lists with the folder.
public enum Schema {
    /// Roles of the whole cluster; run before everything else, as the connecting user.
    public static let roles = [SchemaFile("roles", PackageResources.roles_sql)]

    /// What must be there before the first migration; run every time, as the owner.
    public static let bootstrap = [SchemaFile("bootstrap", PackageResources.bootstrap_sql)]

    /// Forward only, in this order, each applied once and frozen since.
    public static let migrations = eventLogMigrations + infusionMigrations

    /// Applied after the migrations, in this order, whenever they have changed: a function whose
    /// names are resolved at creation comes after those it calls.
    public static let functions = eventLogFunctions + infusionFunctions

    /// The grants; applied last, all of them, whenever one of them or anything before has changed.
    public static let privileges = [
        SchemaFile("privileges", PackageResources.privileges_sql),
        SchemaFile("privileges_infusion", PackageResources.privileges_infusion_sql),
    ]

    /// Queries that must return no rows, as a role that bypasses row-level security.
    public static let checks = eventLogChecks + infusionChecks

    /// `schema/schema.sql`: what a freshly migrated database looks like.
    public static let dump = SchemaFile("schema", PackageResources.schema_sql)
}
