public import EventStore
public import Infusion

/// What a command asks of the site of its visit. It was decided on a version of the site's stream, which must
/// still be the last behind the tenant's lock; what it takes of the nurses is counted there.
public struct SiteAsk: Hashable, Sendable {
    public let appointment: AppointmentID
    public let stream: StreamID
    /// `.none` for a site about which nothing was ever decided.
    public let version: StreamVersion
    public let takings: [NurseTaking]

    public init(
        appointment: AppointmentID, stream: StreamID, version: StreamVersion,
        takings: [NurseTaking]
    ) {
        self.appointment = appointment
        self.stream = stream
        self.version = version
        self.takings = takings
    }
}
