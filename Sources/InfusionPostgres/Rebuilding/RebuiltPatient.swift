import EventStore
import Infusion
import InfusionProjections

/// What the log says one patient's rows should be.
struct RebuiltPatient: Sendable {
    let patient: PatientID
    /// `nil` if the history cannot be read: then the live rows stay as they are.
    let rows: PatientRows?
    let shares: [DoseReportShare]
    let parked: ParkedStream?
}

/// Folds histories to rows: the same folds as inline, from the first event on.
struct PatientRebuilder: Sendable {
    let decoder: HistoryDecoder
    let doseReport: DoseReportProjection

    /// - Parameter skipped: What administrators decided by the end of the history.
    func rebuild(_ history: PatientHistory, leavingOut skipped: SkippedEvents) -> RebuiltPatient {
        let decoded = decoder.decode(history)
        let state = PatientState.fold(decoded.events)
        let rows =
            decoded.parked == nil
            ? PatientRows(of: decoded.events, to: state, at: decoded.positions) : nil
        let shares =
            skipped.concerns(history.patient)
            ? shares(of: history, leavingOut: skipped) : doseReport.shares(of: state)
        return RebuiltPatient(
            patient: history.patient, rows: rows, shares: shares,
            parked: decoded.parked ?? (rows == nil ? notRegistered(history) : nil))
    }

    /// A history that cannot be read counts up to the event that cannot, which is where the
    /// projection parked it; one that is skipped counts for nothing.
    func shares(
        of history: PatientHistory, leavingOut skipped: SkippedEvents
    ) -> [DoseReportShare] {
        doseReport.shares(
            of: PatientFolds.Fold(history, decoder, leavingOut: skipped).state)
    }

    private func notRegistered(_ history: PatientHistory) -> ParkedStream {
        ParkedStream(
            patient: history.patient, position: history.events.first?.position ?? .start,
            reason: .notRegistered, message: "the history does not begin with a registration")
    }
}
