import EventStore
import Infusion
import InfusionJournal
import Testing

/// A history that never was, so that the chain has been walked before the day it is needed: weights
/// once came as `weight-noted` v1 in grams, then as v2 in kilograms, and are `weight-recorded` v1
/// today.
@Suite("Upcasters")
struct UpcasterTests {
    private static let gramsToKilograms = Upcaster(
        from: .init("weight-noted", 1), to: .init("weight-noted", 2)
    ) { (payload) throws(PayloadError) in
        guard case .string(let grams)? = payload["grams"], grams.hasSuffix("00") else {
            throw PayloadError(.json(.missing, offset: nil), path: "/grams")
        }
        var payload = payload
        payload["grams"] = nil
        payload["kilograms"] = .string("\(grams.dropLast(3)).\(grams.suffix(3).prefix(1))")
        return payload
    }

    private static let notedToRecorded = Upcaster(
        from: .init("weight-noted", 2), to: .init("weight-recorded", 1)
    ) { (payload) throws(PayloadError) in
        .object([.init("weightKilograms", payload["kilograms"] ?? .null)])
    }

    /// The sealed member moves; the box stays bound to the type it was stored under.
    private static let enrolledToRegistered = Upcaster(
        from: .init("patient-enrolled", 1), to: .init("patient-registered", 1)
    ) { (payload) throws(PayloadError) in
        var payload = payload
        payload["identity"] = payload["person"]
        payload["person"] = nil
        payload["gender"] = .string("unknown")
        return payload
    }

    private static func codec() throws -> JournalCodec {
        JournalCodec(
            upcasters: try UpcasterRegistry([
                gramsToKilograms, notedToRecorded, enrolledToRegistered,
            ]))
    }

    private func stored(_ type: String, _ version: Int16, _ payload: String) -> RecordedEvent {
        Fixtures.recorded(
            EventData(
                type: type, payloadVersion: version, payload: [UInt8](payload.utf8),
                effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 5)))
    }

    @Test(arguments: [
        ("weight-noted", Int16(1), #"{"grams":"70500"}"#),
        ("weight-noted", 2, #"{"kilograms":"70.5"}"#),
        ("weight-recorded", 1, #"{"weightKilograms":"70.5"}"#),
    ])
    func `a payload of any age reads as the event it was`(
        type: String, version: Int16, payload: String
    ) throws {
        let event = try UpcasterTests.codec().decode(
            stored(type, version, payload), cipher: Fixtures.cipher())
        #expect(
            event
                == PatientEvent(
                    effectiveAt: Instant(microsecondsSinceUnixEpoch: 5),
                    fact: .weightRecorded(Kilograms(GoldenEvents.decimal("70.5")))))
    }

    @Test func `so does one that a merge carried over, by its own age`() throws {
        let event = try UpcasterTests.codec().decode(
            stored(
                "history-carried", 1,
                #"{"source":"\#(Fixtures.patient)","version":2,"type":"weight-noted","#
                    + #""payloadVersion":1,"fact":{"grams":"70500"}}"#),
            cipher: Fixtures.cipher())
        #expect(
            event.fact
                == .historyCarried(
                    CarriedFact(
                        source: Fixtures.patient, version: EventVersion(2),
                        fact: .weightRecorded(Kilograms(GoldenEvents.decimal("70.5"))))))
    }

    @Test func `a sealed member moves with its payload and still opens`() throws {
        let identity =
            #"{"name":{"family":"Verdi","given":[]},"birthDate":"1970-01-01","identifiers":[]}"#
        let box = try Fixtures.cipher().seal(
            [UInt8](identity.utf8), field: "identity", of: "patient-enrolled")
        var json = JSONWriter()
        json.beginObject()
        for (key, value) in [("patient", Fixtures.patient.description), ("site", "milano-1")] {
            json.key(key)
            json.string(value)
        }
        json.key("person")
        SealedBoxText.write(box, to: &json)
        json.endObject()
        let payload = String(decoding: json.bytes, as: UTF8.self)
        let event = try UpcasterTests.codec().decode(
            stored("patient-enrolled", 1, payload), cipher: Fixtures.cipher())
        guard case .patientRegistered(let registered) = event.fact else {
            Issue.record("read as \(EventType(of: event.fact))")
            return
        }
        #expect(registered.identity.value?.name.family == "Verdi")
    }

    @Test func `a step that fails is an error of the event as stored`() throws {
        let codec = try UpcasterTests.codec()
        #expect(
            throws: JournalError.unreadable(
                type: "weight-noted", payloadVersion: 1,
                PayloadError(.json(.missing, offset: nil), path: "/grams"))
        ) {
            try codec.decode(
                stored("weight-noted", 1, #"{"pounds":"155"}"#), cipher: Fixtures.cipher())
        }
    }

    @Test func `a chain that ends nowhere is an unknown type, named as stored`() throws {
        let codec = JournalCodec(upcasters: try UpcasterRegistry([UpcasterTests.gramsToKilograms]))
        #expect(throws: JournalError.unknownEventType(type: "weight-noted", payloadVersion: 1)) {
            try codec.decode(stored("weight-noted", 1, "{}"), cipher: Fixtures.cipher())
        }
    }

    @Test func `two ways on, and ways in circles, are refused`() {
        let shapes = (1...3).map { Upcaster.Shape("a", Int16($0)) }
        func step(_ from: Int, _ to: Int) -> Upcaster {
            Upcaster(from: shapes[from], to: shapes[to]) { (payload) throws(PayloadError) in payload
            }
        }
        #expect(throws: UpcasterRegistry.Problem.ambiguous(shapes[0])) {
            try UpcasterRegistry([step(0, 1), step(0, 2)])
        }
        #expect(throws: UpcasterRegistry.Problem.circular(shapes[0])) {
            try UpcasterRegistry([step(0, 1), step(1, 0)])
        }
        #expect(throws: UpcasterRegistry.Problem.circular(shapes[2])) {
            try UpcasterRegistry([step(2, 2)])
        }
        #expect(throws: Never.self) { try UpcasterRegistry([step(0, 1), step(1, 2)]) }
    }
}
