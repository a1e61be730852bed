public import EventStore
public import Infusion

/// Turns a site's events into what is stored for ever, and back. Nothing in them is sealed, so no key
/// is needed.
public struct SiteCodec: Sendable {
    private let reader = JSONReader(limits: JournalLimits.payload)

    public init() {}

    /// The event as it is to be appended.
    /// - Throws: ``JournalError/unwritable(type:_:)`` if it holds a value without stored form.
    public func encode(_ event: SiteEvent) throws(JournalError) -> EventData {
        let type = SiteEventType(of: event.fact)
        var json = JSONWriter()
        json.beginObject()
        do { try event.fact.write(to: &json) } catch {
            throw .unwritable(type: type.name, error)
        }
        json.endObject()
        return EventData(
            type: type.name, payloadVersion: type.payloadVersion, payload: json.bytes,
            effectiveAt: Timestamp(
                microsecondsSinceUnixEpoch: event.effectiveAt.microsecondsSinceUnixEpoch))
    }

    /// - Throws: ``JournalError``: of an unknown type or version, or not what its type promises.
    public func decode(_ data: EventData) throws(JournalError) -> SiteEvent {
        guard let type = SiteEventType(rawValue: data.type),
            data.payloadVersion == type.payloadVersion
        else { throw .unknownEventType(type: data.type, payloadVersion: data.payloadVersion) }
        do {
            var object = try payload(data.payload).payloadObject()
            let fact = try SiteFact(type, reading: &object)
            try object.end()
            return SiteEvent(
                effectiveAt: Instant(
                    microsecondsSinceUnixEpoch: data.effectiveAt.microsecondsSinceUnixEpoch),
                fact: fact)
        } catch {
            throw .unreadable(type: data.type, payloadVersion: data.payloadVersion, error)
        }
    }

    private func payload(_ bytes: [UInt8]) throws(PayloadError) -> JSONValue {
        do { return try reader.read(bytes) } catch { throw PayloadError(error) }
    }
}
