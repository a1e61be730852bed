/// The files of the log.
extension Schema {
    static let eventLogMigrations = [
        SchemaFile("0001_tenants", PackageResources._001_tenants_sql),
        SchemaFile("0002_events", PackageResources._002_events_sql),
        SchemaFile("0003_commands", PackageResources._003_commands_sql),
        SchemaFile("0004_checkpoints", PackageResources._004_checkpoints_sql),
        SchemaFile("0005_subject_keys", PackageResources._005_subject_keys_sql),
        SchemaFile("0006_subjects_in_appends", PackageResources._006_subjects_in_appends_sql),
        SchemaFile("0007_key_rotation", PackageResources._007_key_rotation_sql),
        SchemaFile(
            "0008_partitioned_checkpoints", PackageResources._008_partitioned_checkpoints_sql),
        SchemaFile("0010_append_first", PackageResources._010_append_first_sql),
        SchemaFile("0011_lz4_payloads", PackageResources._011_lz4_payloads_sql),
        SchemaFile("0012_imports", PackageResources._012_imports_sql),
    ]

    static let eventLogFunctions = [
        SchemaFile("event_log.lock_tenant", PackageResources.event_log_lock_tenant_sql),
        SchemaFile("event_log.judge", PackageResources.event_log_judge_sql),
        SchemaFile("event_log.judge_subjects", PackageResources.event_log_judge_subjects_sql),
        SchemaFile("event_log.write_subjects", PackageResources.event_log_write_subjects_sql),
        SchemaFile("event_log.append_judged", PackageResources.event_log_append_judged_sql),
        SchemaFile("event_log.append", PackageResources.event_log_append_sql),
        SchemaFile("event_log.require_whole", PackageResources.event_log_require_whole_sql),
        SchemaFile("event_log.position_at", PackageResources.event_log_position_at_sql),
        SchemaFile("event_log.create_tenant", PackageResources.event_log_create_tenant_sql),
        SchemaFile("event_log.list_tenants", PackageResources.event_log_list_tenants_sql),
        SchemaFile("event_log.raise_log_epoch", PackageResources.event_log_raise_log_epoch_sql),
        SchemaFile(
            "event_log.open_partitions", PackageResources.event_log_open_partitions_sql),
        SchemaFile(
            "event_log.acquire_partitions", PackageResources.event_log_acquire_partitions_sql),
        SchemaFile(
            "event_log.take_partitions", PackageResources.event_log_take_partitions_sql),
        SchemaFile(
            "event_log.renew_partitions", PackageResources.event_log_renew_partitions_sql),
        SchemaFile(
            "event_log.advance_partitions", PackageResources.event_log_advance_partitions_sql),
        SchemaFile("event_log.get_subject_key", PackageResources.event_log_get_subject_key_sql),
        SchemaFile("event_log.put_subject_key", PackageResources.event_log_put_subject_key_sql),
        SchemaFile(
            "event_log.replace_subject_key", PackageResources.event_log_replace_subject_key_sql),
        SchemaFile("event_log.wrapping_keys", PackageResources.event_log_wrapping_keys_sql),
        SchemaFile(
            "event_log.subjects_under_key", PackageResources.event_log_subjects_under_key_sql),
        SchemaFile("event_log.find_subject", PackageResources.event_log_find_subject_sql),
        SchemaFile("event_log.see_tenant", PackageResources.event_log_see_tenant_sql),
        SchemaFile("event_log.importing_since", PackageResources.event_log_importing_since_sql),
        SchemaFile("event_log.begin_import", PackageResources.event_log_begin_import_sql),
        SchemaFile("event_log.import_events", PackageResources.event_log_import_events_sql),
        SchemaFile("event_log.import_subjects", PackageResources.event_log_import_subjects_sql),
        SchemaFile("event_log.finish_import", PackageResources.event_log_finish_import_sql),
        SchemaFile("event_log.subjects_of_log", PackageResources.event_log_subjects_of_log_sql),
    ]

    static let eventLogChecks = [
        SchemaFile(
            "event_log.checkpoints_are_within_the_log",
            PackageResources.event_log_checkpoints_are_within_the_log_sql),
        SchemaFile(
            "event_log.commands_match_their_events",
            PackageResources.event_log_commands_match_their_events_sql),
        SchemaFile(
            "event_log.positions_are_dense", PackageResources.event_log_positions_are_dense_sql),
        SchemaFile(
            "event_log.recorded_at_never_runs_back",
            PackageResources.event_log_recorded_at_never_runs_back_sql),
        SchemaFile(
            "event_log.roles_cannot_change_the_log",
            PackageResources.event_log_roles_cannot_change_the_log_sql),
        SchemaFile(
            "event_log.rows_belong_to_tenants",
            PackageResources.event_log_rows_belong_to_tenants_sql),
        SchemaFile(
            "event_log.rows_are_well_formed", PackageResources.event_log_rows_are_well_formed_sql),
        SchemaFile(
            "event_log.tenant_tables_are_guarded",
            PackageResources.event_log_tenant_tables_are_guarded_sql),
        SchemaFile(
            "event_log.versions_are_dense", PackageResources.event_log_versions_are_dense_sql),
        SchemaFile(
            "event_log.versions_follow_positions",
            PackageResources.event_log_versions_follow_positions_sql),
    ]
}
