/// An event as it is to be written: the name and version of its payload, and the exact bytes kept.
public struct EventData: Hashable, Sendable {
    /// The stored name, chosen for ever; never derived from a Swift type.
    public let type: String
    /// The version of the payload's shape; upcasters bring old ones up to date when read.
    public let payloadVersion: Int16
    /// JSON text, stored and returned byte for byte.
    public let payload: [UInt8]
    /// When it happened in the world, as opposed to when the log learned it.
    public let effectiveAt: Timestamp

    public init(type: String, payloadVersion: Int16, payload: [UInt8], effectiveAt: Timestamp) {
        self.type = type
        self.payloadVersion = payloadVersion
        self.payload = payload
        self.effectiveAt = effectiveAt
    }
}
