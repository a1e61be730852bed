public import EventStore
public import Infusion
import InfusionJournal
public import InfusionProjections

/// What the log itself says the rows should be: every patient folded from the first event up to a
/// position. The slow, obvious way that both adapters are held to.
public struct LogFold: Sendable {
    public private(set) var rows: [PatientID: PatientRows] = [:]
    public private(set) var shares: [DoseReportShare] = []

    public init(
        of log: some EventLog<PatientChanges>, tenant: TenantID, upTo position: Position? = nil,
        doseReport: DoseReportProjection = DoseReportProjection(zones: [:])
    ) async throws {
        var histories: [PatientID: (events: [PatientEvent], positions: StreamPositions)] = [:]
        var read = Position.start
        let codec = JournalCodec()
        while true {
            let page = try await log.readAll(tenant: tenant, after: read, limit: 1_000)
            for recorded in page where position.map({ recorded.position <= $0 }) ?? true {
                guard let patient = PatientStream.patient(of: recorded.stream) else { continue }
                let event = try codec.decode(
                    recorded, cipher: ClinicFacts.cipher(of: patient, tenant: tenant))
                histories[patient, default: ([], StreamPositions())].events.append(event)
                histories[patient]?.positions.append(recorded.position)
            }
            guard let last = page.last else { break }
            read = last.position
        }
        for (patient, history) in histories {
            rows[patient] = PatientRows(
                of: history.events, to: PatientState.fold(history.events), at: history.positions)
            shares += doseReport.shares(of: PatientState.fold(history.events))
        }
    }

    /// Canonical lines of one projection, in key order.
    public func lines(_ projection: ProjectionName) -> [String] {
        rows.sorted { $0.key.description < $1.key.description }
            .flatMap { $0.value.canonical(projection) }.map(\.description)
    }

    public var shareLines: [String] {
        shares.sorted { ($0.patient.description, $0.key) < ($1.patient.description, $1.key) }
            .map { CanonicalRow($0).description }
    }

    public var reportLines: [String] {
        DoseReportProjection.report(shares).map { CanonicalRow($0).description }
    }
}
