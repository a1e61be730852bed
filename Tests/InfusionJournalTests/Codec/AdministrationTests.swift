import EventStore
import Infusion
import InfusionJournal
import Testing

@Suite("Administration stream")
struct AdministrationTests {
    private let codec = AdministrationCodec()
    private static let decidedAt = Timestamp(microsecondsSinceUnixEpoch: 1)

    @Test(arguments: GoldenAdministration.all.keys.sorted())
    func `an event is written as its golden file has it, and read back from it`(name: String) throws
    {
        let event = try #require(GoldenAdministration.all[name])
        let written = codec.encode(event, decidedAt: Self.decidedAt)
        try GoldenFiles.recordIfAsked(name, written.payload)
        let golden = try GoldenFiles.bytes(name)
        #expect(
            String(decoding: written.payload, as: UTF8.self)
                == String(decoding: golden, as: UTF8.self))
        let shape = try #require(GoldenFiles.shape(of: name))
        #expect("administration/\(written.type)" == shape.type)
        #expect(written.payloadVersion == shape.version)
        #expect(written.effectiveAt == Self.decidedAt)
        #expect(try codec.decode(written) == event)
    }

    @Test(arguments: AdministrationEventType.allCases)
    func `every type has a golden file of the version it writes`(
        type: AdministrationEventType
    ) throws {
        let name = "administration/\(type.name).v\(type.payloadVersion)"
        #expect(GoldenAdministration.all[name]?.type == type)
    }

    @Test(arguments: SkipReason.allCases)
    func `every reason comes back`(reason: SkipReason) throws {
        let event = AdministrationEvent.eventSkipped(
            EventSkipped(
                projection: "dose_report", patient: Fixtures.patient, position: Position(1),
                reason: reason))
        #expect(try codec.decode(codec.encode(event, decidedAt: Self.decidedAt)) == event)
    }

    @Test func `what is not fully known is refused`() throws {
        func error(_ type: String, _ version: Int16, _ payload: String) -> JournalError? {
            #expect(throws: JournalError.self) {
                try codec.decode(
                    EventData(
                        type: type, payloadVersion: version, payload: Array(payload.utf8),
                        effectiveAt: Self.decidedAt))
            }
        }
        #expect(
            error("event-hidden", 1, "{}")
                == .unknownEventType(type: "event-hidden", payloadVersion: 1))
        #expect(
            error("event-skipped", 2, "{}")
                == .unknownEventType(type: "event-skipped", payloadVersion: 2))
        let patient = Fixtures.patient.description
        for payload in [
            "{}", "not JSON",
            #"{"projection":"a","patient":"x","position":1,"reason":"damaged"}"#,
            #"{"projection":"a","patient":"\#(patient)","position":1,"reason":"because"}"#,
            #"{"projection":"a","patient":"\#(patient)","position":1,"reason":"damaged","b":1}"#,
        ] {
            guard case .unreadable = error("event-skipped", 1, payload) else {
                Issue.record("\(payload) was read")
                continue
            }
        }
    }

    @Test func `the stream is named by the tenant, and is no patient's`() {
        let stream = AdministrationStream.id(of: Fixtures.tenant)
        #expect(stream.description == "administration-7e000000-0000-4000-8000-00000000000a")
        #expect(PatientStream.patient(of: stream) == nil)
    }
}
