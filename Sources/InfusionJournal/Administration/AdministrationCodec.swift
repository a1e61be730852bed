public import EventStore

/// Turns events of the administration stream into what is stored for ever, and back. Nothing in
/// them is sealed, so no key is needed.
public struct AdministrationCodec: Sendable {
    private let reader = JSONReader(limits: JournalLimits.payload)

    public init() {}

    /// The event as it is to be appended.
    /// - Parameter decidedAt: When the administrator decided.
    public func encode(_ event: AdministrationEvent, decidedAt: Timestamp) -> EventData {
        var json = JSONWriter()
        json.beginObject()
        switch event {
        case .eventSkipped(let skipped): skipped.write(to: &json)
        case .formularyActivated(let activated), .pathwaysActivated(let activated):
            activated.write(to: &json)
        }
        json.endObject()
        return EventData(
            type: event.type.name, payloadVersion: event.type.payloadVersion, payload: json.bytes,
            effectiveAt: decidedAt)
    }

    /// - Throws: ``JournalError``: of an unknown type or version, or not what its type promises.
    public func decode(_ data: EventData) throws(JournalError) -> AdministrationEvent {
        guard let type = AdministrationEventType(rawValue: data.type),
            data.payloadVersion == type.payloadVersion
        else { throw .unknownEventType(type: data.type, payloadVersion: data.payloadVersion) }
        do {
            var object = try payload(data.payload).payloadObject()
            let event: AdministrationEvent =
                switch type {
                case .eventSkipped: .eventSkipped(try EventSkipped(reading: &object))
                case .formularyActivated:
                    .formularyActivated(try KnowledgeActivated(reading: &object))
                case .pathwaysActivated:
                    .pathwaysActivated(try KnowledgeActivated(reading: &object))
                }
            try object.end()
            return event
        } catch {
            throw .unreadable(type: data.type, payloadVersion: data.payloadVersion, error)
        }
    }

    private func payload(_ bytes: [UInt8]) throws(PayloadError) -> JSONValue {
        do { return try reader.read(bytes) } catch { throw PayloadError(error) }
    }
}
