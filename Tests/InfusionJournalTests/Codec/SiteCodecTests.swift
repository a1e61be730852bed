import EventStore
import Infusion
import InfusionJournal
import Testing

@Suite("Streams of sites")
struct SiteCodecTests {
    private let codec = SiteCodec()

    @Test(arguments: GoldenSites.all.keys.sorted())
    func `an event is written as its golden file has it, and read back from it`(name: String) throws
    {
        let event = SiteEvent(
            effectiveAt: GoldenSites.effectiveAt, fact: try #require(GoldenSites.all[name]))
        let written = try codec.encode(event)
        try GoldenFiles.recordIfAsked(name, written.payload)
        let golden = try GoldenFiles.bytes(name)
        #expect(
            String(decoding: written.payload, as: UTF8.self)
                == String(decoding: golden, as: UTF8.self))
        let shape = try #require(GoldenFiles.shape(of: name))
        #expect("site/\(written.type)" == shape.type)
        #expect(written.payloadVersion == shape.version)
        #expect(
            written.effectiveAt.microsecondsSinceUnixEpoch
                == event.effectiveAt.microsecondsSinceUnixEpoch)
        #expect(try codec.decode(written) == event)
    }

    @Test(arguments: SiteEventType.allCases)
    func `every type has a golden file of the version it writes`(type: SiteEventType) throws {
        let fact = try #require(GoldenSites.all["site/\(type.name).v\(type.payloadVersion)"])
        #expect(SiteEventType(of: fact) == type)
    }

    @Test func `every code comes back`() throws {
        func returns(_ fact: SiteFact) throws -> Bool {
            let event = SiteEvent(effectiveAt: GoldenSites.effectiveAt, fact: fact)
            return try codec.decode(codec.encode(event)) == event
        }
        for kind in ChairKind.allCases {
            #expect(
                try returns(
                    .chairDefined(
                        SiteChair(
                            id: ChairID("c"), kind: kind,
                            equipment: Set(ChairEquipment.allCases)))))
        }
        let period = GoldenSites.period("2028-02-29T22:00", "2028-03-01T06:00")
        for reason in ClosureReason.allCases {
            #expect(
                try returns(
                    .closureAnnounced(
                        SiteClosure(id: SiteEntryID("c"), period: period, reason: reason))))
        }
        for reason in OutageReason.allCases {
            #expect(
                try returns(
                    .chairTakenOut(
                        ChairOutage(
                            id: SiteEntryID("o"), chair: ChairID("c"), from: period.from,
                            until: period.until, reason: reason))))
        }
        for reason in ShiftChangeReason.allCases {
            #expect(try returns(.shiftWithdrawn(SiteEntryID("s"), reason: reason)))
        }
        #expect(
            try returns(
                .shiftPlanned(
                    Shift(
                        id: SiteEntryID("s"), roles: Set(StaffRole.allCases), staff: .people(1),
                        period: period))))
    }

    static let bad: [(type: String, payload: String)] = [
        ("site-opened", "{}"), ("site-opened", "not JSON"),
        ("site-opened", #"{"site":"a","timeZone":"UTC","more":1}"#),
        ("chair-returned", #"{"outage":"a","at":"2026-11-20T24:00"}"#),
        ("chair-returned", #"{"outage":"a","at":"2026-02-29T11:00"}"#),
        ("chair-returned", #"{"outage":"a","at":"2026-11-20T11:00Z"}"#),
        ("chair-defined", #"{"chair":"a","kind":"stool","equipment":[],"isolated":false}"#),
        (
            "chair-defined",
            #"{"chair":"a","kind":"bed","equipment":["oxygen","infusion-pump"],"isolated":false}"#
        ),
        (
            "opening-announced",
            #"{"opening":"a","from":"2026-12-05T13:00","until":"2026-12-05T13:00"}"#
        ),
        (
            "shift-planned",
            #"{"shift":"a","roles":[],"people":null,"staff":null,"from":"2026-12-05T13:00","#
                + #""until":"2026-12-05T14:00"}"#
        ),
        (
            "shift-planned",
            #"{"shift":"a","roles":[],"people":1,"staff":"R","from":"2026-12-05T13:00","#
                + #""until":"2026-12-05T14:00"}"#
        ),
    ]

    @Test(arguments: bad.indices) func `what is not fully known is refused`(_ index: Int) throws {
        let (type, payload) = Self.bad[index]
        let error = #expect(throws: JournalError.self) {
            try codec.decode(Self.stored(type, 1, payload))
        }
        guard case .unreadable = error else {
            Issue.record("\(payload) was read")
            return
        }
    }

    @Test func `a type or version of another program is refused`() {
        #expect(
            throws: JournalError.unknownEventType(type: "site-moved", payloadVersion: 1)
        ) { try codec.decode(Self.stored("site-moved", 1, "{}")) }
        #expect(
            throws: JournalError.unknownEventType(type: "site-opened", payloadVersion: 2)
        ) { try codec.decode(Self.stored("site-opened", 2, "{}")) }
    }

    private static func stored(_ type: String, _ version: Int16, _ payload: String) -> EventData {
        EventData(
            type: type, payloadVersion: version, payload: Array(payload.utf8),
            effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 1))
    }

    /// `printf 'ferrovia-site-v1|main' | sha256sum`, marked as version 8: an id that is stored for ever.
    @Test func `a stream is named by its site, and is no patient's`() {
        let stream = SiteStream.id(of: SiteID("main"))
        #expect(stream.description == "site-75b0db64-6a06-8e67-9e86-5cdd24df02ea")
        #expect(PatientStream.patient(of: stream) == nil)
        #expect(SiteStream.id(of: SiteID("main-2")) != stream)
    }
}
