import EventStore
import Infusion
import InfusionJournal
import Testing

/// Whatever lies in the log, reading it gives an event or a typed error; it never traps, and what
/// was read can be written and read again.
@Suite("Hostile payloads")
struct HostilePayloadTests {
    private let codec = JournalCodec()

    @Test func `spoiled bytes of every golden payload are an event or an error`() throws {
        var random = RandomJSON(seed: 5)
        for name in try GoldenFiles.names() {
            let shape = try #require(GoldenFiles.shape(of: name))
            let golden = try GoldenFiles.bytes(name)
            for _ in 0..<400 { try check(shape, random.spoiled(golden), name) }
        }
    }

    @Test func `every golden payload with any one value replaced is an event or an error`() throws {
        let values: [JSONTree] = [
            .null, .bool(true), .number(JSONNumber(0)), .number(JSONNumber(.min)), .string(""),
            .string("x"),
            .string("9999-12-31"), .string("0001-01-01T00:00:00.000000Z"), .string("1"), .array([]),
            .object([]), .array([.null]), .number(try #require(JSONNumber("1e999"))),
            .string("340282366920938463463374607431768211455"), .string("A256GCM"),
        ]
        for name in try GoldenFiles.names() {
            let shape = try #require(GoldenFiles.shape(of: name))
            let tree = try JSONTree(JSONReader().read(GoldenFiles.bytes(name)))
            for value in values {
                for changed in replacements(in: tree, with: value) {
                    try check(shape, bytes(of: changed), name)
                }
            }
        }
    }

    @Test func `a member missing or added anywhere is an error`() throws {
        for name in try GoldenFiles.names() {
            let shape = try #require(GoldenFiles.shape(of: name))
            let tree = try JSONTree(JSONReader().read(GoldenFiles.bytes(name)))
            for changed in removals(in: tree) + additions(in: tree) {
                let data = stored(shape.type, shape.version, bytes(of: changed))
                let error = #expect(throws: JournalError.self, "\(name)") {
                    try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher())
                }
                guard case .unreadable(shape.type, shape.version, let payload) = error else {
                    Issue.record("\(name): \(String(describing: error))")
                    continue
                }
                guard case .json(let problem, _) = payload.problem else {
                    Issue.record("\(name): \(payload)")
                    continue
                }
                #expect(problem == .missing || problem == .unexpectedMember, "\(name)")
            }
        }
    }

    @Test(arguments: [
        (#"{"weightKilograms":70.5}"#, "/weightKilograms: expected a string at byte 19"),
        (
            #"{"weightKilograms":"70.50"}"#,
            "/weightKilograms: expected a decimal of at most 39 digits"
        ),
        (#"{"weightKilograms":"-0"}"#, "/weightKilograms: expected a decimal"),
        (#"{"weightKilograms":"1e2"}"#, "/weightKilograms: expected a decimal"),
        (#"{"weight":"70"}"#, "/weightKilograms: missing"),
        (#"{"weightKilograms":"70","unit":"kg"}"#, "unexpected member at byte 0"),
        (#"{"weightKilograms":"70""#, "ends too early at byte 23"),
    ])
    func `an error says where and what was expected`(payload: String, message: String) {
        let data = stored("weight-recorded", 1, [UInt8](payload.utf8))
        let error = #expect(throws: JournalError.self) {
            try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher())
        }
        #expect(
            error?.description.hasPrefix("weight-recorded v1 is unreadable: \(message)") == true,
            "\(String(describing: error))")
    }

    @Test func `an unknown code is an error with its path, never a default`() throws {
        let payload = #"{"order":"00000004-0000-4000-8000-0000000000a4","reason":"Rossi is ill"}"#
        let data = stored("order-held", 1, [UInt8](payload.utf8))
        let error = #expect(throws: JournalError.self) {
            try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher())
        }
        #expect(
            error
                == .unreadable(
                    type: "order-held", payloadVersion: 1,
                    PayloadError(.unknownCode(of: "hold reason"), path: "/reason")))
        #expect(error.map { !"\($0)\(String(reflecting: $0))".contains("Rossi") } == true)
    }

    @Test(arguments: [("order-held", Int16(2)), ("order-held", 0), ("orderHeld", 1), ("", 1)])
    func `an unknown type or version is told apart, so that its patient is parked`(
        type: String, version: Int16
    ) {
        let data = EventData(
            type: type, payloadVersion: version, payload: [],
            effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 0))
        #expect(throws: JournalError.unknownEventType(type: type, payloadVersion: version)) {
            try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher())
        }
    }

    private func stored(_ type: String, _ version: Int16, _ payload: [UInt8]) -> EventData {
        EventData(
            type: type, payloadVersion: version, payload: payload,
            effectiveAt: Timestamp(microsecondsSinceUnixEpoch: 0))
    }

    private func check(
        _ shape: (type: String, version: Int16), _ payload: [UInt8], _ name: String
    ) throws {
        do throws(JournalError) {
            let event = try codec.decode(
                Fixtures.recorded(stored(shape.type, shape.version, payload)),
                cipher: Fixtures.cipher())
            let again = try codec.encode(event, cipher: Fixtures.cipher())
            let reread = try codec.decode(Fixtures.recorded(again), cipher: Fixtures.cipher())
            #expect(reread == event, "\(name)")
        } catch {
            guard case .unreadable(shape.type, shape.version, _) = error else {
                Issue.record("\(name): \(error)")
                return
            }
        }
    }

    private func bytes(of tree: JSONTree) -> [UInt8] {
        var json = JSONWriter()
        json.tree(tree)
        return json.bytes
    }
}
