/// The files of the projections.
extension Schema {
    static let infusionMigrations = [
        SchemaFile("0101_infusion_inline", PackageResources._101_infusion_inline_sql),
        SchemaFile("0102_infusion_overlaps", PackageResources._102_infusion_overlaps_sql),
        SchemaFile("0103_infusion_reporting", PackageResources._103_infusion_reporting_sql),
        SchemaFile(
            "0104_infusion_subjects_in_appends",
            PackageResources._104_infusion_subjects_in_appends_sql),
        SchemaFile(
            "0110_infusion_append_first", PackageResources._110_infusion_append_first_sql),
        SchemaFile(
            "0111_infusion_lz4_documents", PackageResources._111_infusion_lz4_documents_sql),
        SchemaFile("0120_infusion_rebuilds", PackageResources._120_infusion_rebuilds_sql),
        SchemaFile(
            "0121_infusion_rebuild_accounts", PackageResources._121_infusion_rebuild_accounts_sql),
        SchemaFile("0122_infusion_visits", PackageResources._122_infusion_visits_sql),
        SchemaFile("0123_infusion_capacity", PackageResources._123_infusion_capacity_sql),
        SchemaFile("0125_infusion_waitlist", PackageResources._125_infusion_waitlist_sql),
        SchemaFile(
            "0126_infusion_changed_appointments",
            PackageResources._126_infusion_changed_appointments_sql),
        SchemaFile("0131_infusion_stock", PackageResources._131_infusion_stock_sql),
        SchemaFile(
            "0132_infusion_sites_in_batches", PackageResources._132_infusion_sites_in_batches_sql),
        SchemaFile("0133_infusion_sitting_on", PackageResources._133_infusion_sitting_on_sql),
        SchemaFile("0134_infusion_held_until", PackageResources._134_infusion_held_until_sql),
    ]

    static let infusionFunctions = [
        SchemaFile("infusion.advance_rebuild", PackageResources.infusion_advance_rebuild_sql),
        SchemaFile("infusion.append", PackageResources.infusion_append_sql),
        SchemaFile("infusion.begin_rebuild", PackageResources.infusion_begin_rebuild_sql),
        SchemaFile(
            "infusion.changed_appointments", PackageResources.infusion_changed_appointments_sql),
        SchemaFile("infusion.clear_staged", PackageResources.infusion_clear_staged_sql),
        SchemaFile("infusion.close_rechecks", PackageResources.infusion_close_rechecks_sql),
        SchemaFile(
            "infusion.contested_reservations", PackageResources.infusion_contested_reservations_sql),
        SchemaFile(
            "infusion.crowded_reservations", PackageResources.infusion_crowded_reservations_sql),
        SchemaFile(
            "infusion.discard_generations", PackageResources.infusion_discard_generations_sql),
        SchemaFile("infusion.finish_rebuild", PackageResources.infusion_finish_rebuild_sql),
        SchemaFile("infusion.is_in_quarter", PackageResources.infusion_is_in_quarter_sql),
        SchemaFile("infusion.judge_reservations", PackageResources.infusion_judge_reservations_sql),
        SchemaFile("infusion.judge_sites", PackageResources.infusion_judge_sites_sql),
        SchemaFile("infusion.known_appointments", PackageResources.infusion_known_appointments_sql),
        SchemaFile("infusion.known_rechecks", PackageResources.infusion_known_rechecks_sql),
        SchemaFile("infusion.known_waitlist", PackageResources.infusion_known_waitlist_sql),
        SchemaFile("infusion.live_generation", PackageResources.infusion_live_generation_sql),
        SchemaFile("infusion.nurse_shortage", PackageResources.infusion_nurse_shortage_sql),
        SchemaFile("infusion.open_rechecks", PackageResources.infusion_open_rechecks_sql),
        SchemaFile(
            "infusion.overlapping_appointments",
            PackageResources.infusion_overlapping_appointments_sql),
        SchemaFile("infusion.park_stream", PackageResources.infusion_park_stream_sql),
        SchemaFile("infusion.require_building", PackageResources.infusion_require_building_sql),
        SchemaFile(
            "infusion.revise_appointments", PackageResources.infusion_revise_appointments_sql),
        SchemaFile("infusion.revise_waitlist", PackageResources.infusion_revise_waitlist_sql),
        SchemaFile(
            "infusion.seated_appointments", PackageResources.infusion_seated_appointments_sql),
        SchemaFile("infusion.stage_appointments", PackageResources.infusion_stage_appointments_sql),
        SchemaFile(
            "infusion.stage_patient_states", PackageResources.infusion_stage_patient_states_sql),
        SchemaFile("infusion.stage_rechecks", PackageResources.infusion_stage_rechecks_sql),
        SchemaFile("infusion.stage_references", PackageResources.infusion_stage_references_sql),
        SchemaFile("infusion.stage_waitlist", PackageResources.infusion_stage_waitlist_sql),
        SchemaFile("infusion.sum_dose_report", PackageResources.infusion_sum_dose_report_sql),
        SchemaFile("infusion.taken_until", PackageResources.infusion_taken_until_sql),
        SchemaFile("infusion.target_generation", PackageResources.infusion_target_generation_sql),
        SchemaFile("infusion.unpark_stream", PackageResources.infusion_unpark_stream_sql),
        SchemaFile("infusion.visits_at_site", PackageResources.infusion_visits_at_site_sql),
        SchemaFile("infusion.write_dose_shares", PackageResources.infusion_write_dose_shares_sql),
        SchemaFile("infusion.write_nurse_load", PackageResources.infusion_write_nurse_load_sql),
        SchemaFile(
            "infusion.write_patient_states", PackageResources.infusion_write_patient_states_sql),
        SchemaFile("infusion.write_references", PackageResources.infusion_write_references_sql),
    ]

    static let infusionChecks = [
        SchemaFile(
            "infusion_appointments_do_not_overlap",
            PackageResources.infusion_appointments_do_not_overlap_sql),
        SchemaFile(
            "infusion_dose_report_is_the_sum_of_its_shares",
            PackageResources.infusion_dose_report_is_the_sum_of_its_shares_sql),
        SchemaFile(
            "infusion_one_revision_is_in_force",
            PackageResources.infusion_one_revision_is_in_force_sql),
        SchemaFile(
            "infusion_one_waitlist_revision_is_in_force",
            PackageResources.infusion_one_waitlist_revision_is_in_force_sql),
        SchemaFile(
            "infusion_patient_states_match_their_streams",
            PackageResources.infusion_patient_states_match_their_streams_sql),
        SchemaFile(
            "infusion_roles_cannot_write_projections",
            PackageResources.infusion_roles_cannot_write_projections_sql),
        SchemaFile(
            "infusion_rows_lie_within_the_log",
            PackageResources.infusion_rows_lie_within_the_log_sql),
    ]
}
