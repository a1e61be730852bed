internal import Postgres

/// The statements of `Statements/`, by the names of their files.
enum Statements {
    static let useTenant = statement("use_tenant", PackageResources.use_tenant_sql)
    static let seeTenant = statement("see_tenant", PackageResources.see_tenant_sql)
    static let append = statement("append", PackageResources.append_sql)
    static let requireWhole = statement("require_whole", PackageResources.require_whole_sql)
    static let readStream = statement("read_stream", PackageResources.read_stream_sql)
    static let readAll = statement("read_all", PackageResources.read_all_sql)
    static let headingsAt = statement("headings_at", PackageResources.headings_at_sql)
    static let head = statement("head", PackageResources.head_sql)
    static let positionKnownAt = statement(
        "position_known_at", PackageResources.position_known_at_sql)
    static let findCommand = statement("find_command", PackageResources.find_command_sql)
    static let commandsOfEvents = statement(
        "commands_of_events", PackageResources.commands_of_events_sql)
    static let countCommands = statement("count_commands", PackageResources.count_commands_sql)
    static let createTenant = statement("create_tenant", PackageResources.create_tenant_sql)
    static let listTenants = statement("list_tenants", PackageResources.list_tenants_sql)
    static let acquirePartitions = statement(
        "acquire_partitions", PackageResources.acquire_partitions_sql)
    static let renewPartitions = statement(
        "renew_partitions", PackageResources.renew_partitions_sql)
    static let takePartitions = statement("take_partitions", PackageResources.take_partitions_sql)
    static let advancePartitions = statement(
        "advance_partitions", PackageResources.advance_partitions_sql)
    static let getSubjectKey = statement("get_subject_key", PackageResources.get_subject_key_sql)
    static let putSubjectKey = statement("put_subject_key", PackageResources.put_subject_key_sql)
    static let replaceSubjectKey = statement(
        "replace_subject_key", PackageResources.replace_subject_key_sql)
    static let wrappingKeys = statement("wrapping_keys", PackageResources.wrapping_keys_sql)
    static let subjectsUnderKey = statement(
        "subjects_under_key", PackageResources.subjects_under_key_sql)
    static let findSubject = statement("find_subject", PackageResources.find_subject_sql)

    static let subjectsOfLog = statement("subjects_of_log", PackageResources.subjects_of_log_sql)
    static let importState = statement("import_state", PackageResources.import_state_sql)
    static let nameTenant = statement("name_tenant", PackageResources.name_tenant_sql)
    static let importProgress = statement("import_progress", PackageResources.import_progress_sql)
    static let nameSession = statement("name_session", PackageResources.name_session_sql)
    static let beginImport = statement("begin_import", PackageResources.begin_import_sql)
    static let importEvents = statement("import_events", PackageResources.import_events_sql)
    static let importSubjects = statement("import_subjects", PackageResources.import_subjects_sql)
    static let knownCommands = statement("known_commands", PackageResources.known_commands_sql)
    static let finishImport = statement("finish_import", PackageResources.finish_import_sql)

    private static func statement(_ name: String, _ bytes: [UInt8]) -> NamedStatement {
        NamedStatement(name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
