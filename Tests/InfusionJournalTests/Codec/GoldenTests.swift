import EventStore
import Infusion
import InfusionJournal
import Testing

@Suite("Golden payloads")
struct GoldenTests {
    private let codec = JournalCodec()

    @Test(arguments: GoldenEvents.all.map(\.name))
    func `an event is written as its golden file has it, and read back from it`(name: String) throws
    {
        let fact = try #require(GoldenEvents.all.first { $0.name == name }?.fact)
        let event = PatientEvent(effectiveAt: GoldenEvents.effectiveAt, fact: fact)
        let written = try codec.encode(event, cipher: Fixtures.cipher())
        try GoldenFiles.recordIfAsked(name, written.payload)

        let golden = try GoldenFiles.bytes(name)
        #expect(
            String(decoding: written.payload, as: UTF8.self)
                == String(decoding: golden, as: UTF8.self))
        #expect(written.payload == golden)
        let shape = try #require(GoldenFiles.shape(of: name))
        #expect(written.type == shape.type)
        #expect(written.payloadVersion == shape.version)

        let stored = EventData(
            type: shape.type, payloadVersion: shape.version, payload: golden,
            effectiveAt: written.effectiveAt)
        let read = try codec.decode(Fixtures.recorded(stored), cipher: Fixtures.cipher())
        #expect(read == event)
    }

    @Test(arguments: GoldenEvents.former.map(\.name))
    func `a payload of a former version is read as what it says today`(name: String) throws {
        let fact = try #require(GoldenEvents.former.first { $0.name == name }?.fact)
        let shape = try #require(GoldenFiles.shape(of: name))
        let type = try #require(EventType(rawValue: shape.type))
        #expect(shape.version < type.payloadVersion)
        let stored = EventData(
            type: shape.type, payloadVersion: shape.version,
            payload: try GoldenFiles.bytes(name),
            effectiveAt: Timestamp(
                microsecondsSinceUnixEpoch: GoldenEvents.effectiveAt.microsecondsSinceUnixEpoch))
        let read = try codec.decode(Fixtures.recorded(stored), cipher: Fixtures.cipher())
        #expect(read == PatientEvent(effectiveAt: GoldenEvents.effectiveAt, fact: fact))
        // Written again, it is of the version of today.
        let again = try codec.encode(read, cipher: Fixtures.cipher())
        #expect(again.payloadVersion == type.payloadVersion)
        #expect(try codec.decode(Fixtures.recorded(again), cipher: Fixtures.cipher()) == read)
    }

    @Test func `every golden file is read, and written again byte for byte`() throws {
        for name in try GoldenFiles.names() {
            let shape = try #require(GoldenFiles.shape(of: name), "\(name)")
            let stored = EventData(
                type: shape.type, payloadVersion: shape.version,
                payload: try GoldenFiles.bytes(name),
                effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 0))
            let event = try codec.decode(Fixtures.recorded(stored), cipher: Fixtures.cipher())
            guard EventType(rawValue: shape.type)?.payloadVersion == shape.version else { continue }
            #expect(try codec.encode(event, cipher: Fixtures.cipher()) == stored, "\(name)")
        }
    }

    @Test(arguments: EventType.allCases)
    func `every type of event has a golden file of each version it was ever written in`(
        type: EventType
    ) throws {
        let names = try GoldenFiles.names()
        for version in 1...type.payloadVersion {
            #expect(names.contains("\(type.name).v\(version)"))
        }
    }

    @Test func `every golden file belongs to an event of this suite`() throws {
        let events = GoldenEvents.all + GoldenEvents.former
        #expect(try GoldenFiles.names() == events.map(\.name).sorted())
    }

    @Test func `stored names are kebab-case and none is another's`() {
        let names =
            EventType.allCases.map(\.name) + AdministrationEventType.allCases.map(\.name)
            + SiteEventType.allCases.map(\.name)
        for name in names {
            #expect(name.wholeMatch(of: /[a-z]+(-[a-z]+)+/) != nil, "\(name)")
        }
        #expect(Set(names).count == names.count)
    }
}
