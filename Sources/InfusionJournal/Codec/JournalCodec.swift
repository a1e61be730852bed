public import EventStore
public import Infusion

/// Turns a patient's events into what is stored for ever, and back.
///
/// Writing is deterministic: the same event, cipher and random bytes give the same payload, byte
/// for byte. Reading accepts every version that was ever written, and nothing it does not fully
/// know.
public struct JournalCodec: Sendable {
    private let upcasters: UpcasterRegistry
    private let reader: JSONReader

    public init(upcasters: UpcasterRegistry = .standard) {
        self.upcasters = upcasters
        reader = JSONReader(limits: JournalLimits.payload)
    }

    /// The event as it is to be appended to its patient's stream.
    /// - Throws: ``JournalError/unwritable(type:_:)`` if it holds a value without stored form, or
    ///   one that cannot be sealed because the key or the value itself is erased or out of reach.
    public func encode(
        _ event: PatientEvent, cipher: SubjectCipher
    ) throws(JournalError) -> EventData {
        let type = EventType(of: event.fact)
        var json = JSONWriter()
        json.beginObject()
        do {
            try event.fact.write(to: &json, SealedFields(cipher: cipher, type: type.name))
        } catch {
            throw .unwritable(type: type.name, error)
        }
        json.endObject()
        let bytesMax = reader.limits.bytesMax
        guard json.bytes.count <= bytesMax else {
            let error = PayloadError(.json(.tooLong(bytesMax: bytesMax), offset: nil), path: "")
            throw .unwritable(type: type.name, error)
        }
        return EventData(
            type: type.name, payloadVersion: type.payloadVersion, payload: json.bytes,
            effectiveAt: Timestamp(
                microsecondsSinceUnixEpoch: event.effectiveAt.microsecondsSinceUnixEpoch))
    }

    /// The event that `recorded` holds. Its sealed values come back present, erased or unreachable,
    /// as `cipher` can or cannot open them; one that was tampered with is an error.
    /// - Throws: ``JournalError``; on ``JournalError/unknownEventType(type:payloadVersion:)`` park
    ///   the patient.
    public func decode(
        _ recorded: RecordedEvent, cipher: SubjectCipher
    ) throws(JournalError) -> PatientEvent {
        guard recorded.tenant == cipher.subject.tenant,
            recorded.stream == PatientStream.id(of: cipher.subject.patient)
        else { throw .anotherSubject }
        return try decode(recorded.data, cipher: cipher)
    }

    /// The event that `data` holds, where the caller vouches that it belongs to the cipher's
    /// subject.
    public func decode(
        _ data: EventData, cipher: SubjectCipher
    ) throws(JournalError) -> PatientEvent {
        let stored = Upcaster.Shape(data.type, data.payloadVersion)
        let current = upcasters.destination(of: stored)
        guard let type = EventType(rawValue: current.type),
            current.payloadVersion == type.payloadVersion
        else { throw .unknownEventType(type: data.type, payloadVersion: data.payloadVersion) }
        do {
            var object = try payload(data.payload, of: stored, as: current).payloadObject()
            let seals = SealedFields(cipher: cipher, type: data.type, upcasters: upcasters)
            let fact = try PatientFact(type, reading: &object, seals)
            try object.end()
            return PatientEvent(
                effectiveAt: Instant(
                    microsecondsSinceUnixEpoch: data.effectiveAt.microsecondsSinceUnixEpoch),
                fact: fact)
        } catch {
            throw .unreadable(type: data.type, payloadVersion: data.payloadVersion, error)
        }
    }

    /// The payload in its current shape; one that already has it is read once and not copied.
    private func payload(
        _ bytes: [UInt8], of stored: Upcaster.Shape, as current: Upcaster.Shape
    ) throws(PayloadError) -> JSONValue {
        let value = try read(bytes)
        guard stored != current else { return value }
        var json = JSONWriter()
        json.tree(try upcasters.upcast(tree(value), of: stored))
        return try read(json.bytes)
    }

    private func read(_ bytes: [UInt8]) throws(PayloadError) -> JSONValue {
        do { return try reader.read(bytes) } catch { throw PayloadError(error) }
    }

    private func tree(_ value: JSONValue) throws(PayloadError) -> JSONTree {
        do { return try JSONTree(value) } catch { throw PayloadError(error) }
    }
}
