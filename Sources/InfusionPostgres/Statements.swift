import Postgres

/// The statements of `Statements/`, by the names of their files.
enum Statements {
    static let seePatientsOf = statement("see_patients_of", PackageResources.see_patients_of_sql)
    static let seePatientsRebuilding = statement(
        "see_patients_rebuilding", PackageResources.see_patients_rebuilding_sql)
    static let append = statement(
        "append_patient_changes", PackageResources.append_patient_changes_sql)

    static let patientState = statement("patient_state", PackageResources.patient_state_sql)
    static let subjectOwner = statement("subject_owner", PackageResources.subject_owner_sql)
    static let recheckRow = statement("recheck_row", PackageResources.recheck_row_sql)
    static let recheckQueue = statement("recheck_queue", PackageResources.recheck_queue_sql)
    static let appointments = statement("appointments", PackageResources.appointments_sql)
    static let stockedVisits = statement(
        "stocked_visits", PackageResources.stocked_visits_sql)
    static let namedChairs = statement("named_chairs", PackageResources.named_chairs_sql)
    static let changedAppointments = statement(
        "changed_appointments", PackageResources.changed_appointments_sql)
    static let liveAppointmentsGeneration = statement(
        "live_appointments_generation", PackageResources.live_appointments_generation_sql)
    static let appointmentHistories = statement(
        "appointment_histories", PackageResources.appointment_histories_sql)
    static let waitlist = statement("waitlist", PackageResources.waitlist_sql)
    static let doseReport = statement("dose_report", PackageResources.dose_report_sql)

    static let historyPage = statement("history_page", PackageResources.history_page_sql)
    static let historiesOf = statement("histories_of", PackageResources.histories_of_sql)
    static let changedPatients = statement(
        "changed_patients", PackageResources.changed_patients_sql)
    static let logCount = statement("log_count", PackageResources.log_count_sql)
    static let logHead = statement("log_head", PackageResources.log_head_sql)
    static let livePatientStates = statement(
        "live_patient_states", PackageResources.live_patient_states_sql)
    static let liveRechecks = statement("live_rechecks", PackageResources.live_rechecks_sql)
    static let liveAppointments = statement(
        "live_appointments", PackageResources.live_appointments_sql)
    static let liveReferences = statement("live_references", PackageResources.live_references_sql)
    static let liveWaitlist = statement("live_waitlist", PackageResources.live_waitlist_sql)
    static let liveDoseShares = statement("live_dose_shares", PackageResources.live_dose_shares_sql)
    static let liveDoseReport = statement("live_dose_report", PackageResources.live_dose_report_sql)
    static let reportPositions = statement(
        "report_positions", PackageResources.report_positions_sql)
    static let lapsedLeases = statement("lapsed_leases", PackageResources.lapsed_leases_sql)
    static let beginRebuild = statement("begin_rebuild", PackageResources.begin_rebuild_sql)
    static let advanceRebuild = statement("advance_rebuild", PackageResources.advance_rebuild_sql)
    static let finishRebuild = statement("finish_rebuild", PackageResources.finish_rebuild_sql)
    static let unfinishedRebuild = statement(
        "unfinished_rebuild", PackageResources.unfinished_rebuild_sql)
    static let discardGenerations = statement(
        "discard_generations", PackageResources.discard_generations_sql)
    static let clearStaged = statement("clear_staged", PackageResources.clear_staged_sql)
    static let stagePatientStates = statement(
        "stage_patient_states", PackageResources.stage_patient_states_sql)
    static let stageRechecks = statement("stage_rechecks", PackageResources.stage_rechecks_sql)
    static let stageAppointments = statement(
        "stage_appointments", PackageResources.stage_appointments_sql)
    static let stageReferences = statement(
        "stage_references", PackageResources.stage_references_sql)
    static let stageWaitlist = statement("stage_waitlist", PackageResources.stage_waitlist_sql)
    static let writeDoseShares = statement(
        "write_dose_shares", PackageResources.write_dose_shares_sql)
    static let sumDoseReport = statement("sum_dose_report", PackageResources.sum_dose_report_sql)
    static let parkStream = statement("park_stream", PackageResources.park_stream_sql)
    static let unparkStream = statement("unpark_stream", PackageResources.unpark_stream_sql)
    static let parkedStreams = statement("parked_streams", PackageResources.parked_streams_sql)
    static let skippedEvents = statement("skipped_events", PackageResources.skipped_events_sql)
    static let eventsAt = statement("events_at", PackageResources.events_at_sql)
    static let setSavepoint = statement("set_savepoint", PackageResources.set_savepoint_sql)
    static let undoToSavepoint = statement(
        "undo_to_savepoint", PackageResources.undo_to_savepoint_sql)
    static let releaseSavepoint = statement(
        "release_savepoint", PackageResources.release_savepoint_sql)
    static let holdAppends = statement("hold_appends", PackageResources.hold_appends_sql)

    private static func statement(_ name: String, _ bytes: [UInt8]) -> NamedStatement {
        NamedStatement(name: name, sql: String(decoding: bytes, as: UTF8.self))
    }
}
