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

    func rebuild(_ history: PatientHistory) -> RebuiltPatient {
        let decoded = decoder.decode(history)
        let rows =
            decoded.parked == nil ? PatientRows.fold(decoded.events, at: decoded.positions) : nil
        return RebuiltPatient(
            patient: history.patient, rows: rows, shares: shares(decoded),
            parked: decoded.parked ?? (rows == nil ? notRegistered(history) : nil))
    }

    /// The report is made up to a position of its own. A history that cannot be read counts up to
    /// the event that cannot, which is where the projection parked it.
    func shares(of history: PatientHistory, upTo position: Position) -> [DoseReportShare] {
        shares(decoder.decode(history.upTo(position)))
    }

    private func shares(_ decoded: DecodedHistory) -> [DoseReportShare] {
        doseReport.shares(of: PatientState.fold(decoded.events))
    }

    private func notRegistered(_ history: PatientHistory) -> ParkedStream {
        ParkedStream(
            patient: history.patient, position: history.events.first?.position ?? .start,
            reason: .notRegistered, message: "the history does not begin with a registration")
    }
}
