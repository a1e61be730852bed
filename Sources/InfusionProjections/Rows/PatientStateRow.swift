public import EventStore
public import Infusion

/// The patient as of the last event, as the API shows it: a cache of the fold, never its source.
public struct PatientStateRow: Hashable, Sendable {
    public let patient: PatientID
    public let site: SiteID
    public let version: StreamVersion
    public let position: Position
    /// Which fold made it; a row of another fold is made again from the stream.
    public let foldVersion: Int
    /// Canonical JSON, without identity: same state, same bytes.
    public let document: [UInt8]

    public init(
        patient: PatientID, site: SiteID, version: StreamVersion, position: Position,
        foldVersion: Int, document: [UInt8]
    ) {
        self.patient = patient
        self.site = site
        self.version = version
        self.position = position
        self.foldVersion = foldVersion
        self.document = document
    }
}
