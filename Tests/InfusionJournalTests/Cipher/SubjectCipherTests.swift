import EventStore
import Foundation
import Infusion
import InfusionJournal
import Testing

@Suite("Sealing a patient's values")
struct SubjectCipherTests {
    private let plaintext = [UInt8](#""Rossi""#.utf8)
    private let codec = JournalCodec()
    private let other = DataSubject(tenant: Fixtures.tenant, patient: GoldenEvents.id(9))

    private func registered() throws -> EventData {
        let fact = try #require(
            GoldenEvents.patient.first { $0.name == "patient-registered.v1" }?.fact)
        return try codec.encode(
            PatientEvent(effectiveAt: GoldenEvents.effectiveAt, fact: fact),
            cipher: Fixtures.cipher())
    }

    private func identity(_ event: PatientEvent) -> Sealed<Identity>? {
        guard case .patientRegistered(let registered) = event.fact else { return nil }
        return registered.identity
    }

    @Test func `what is sealed for a place opens there and nowhere else`() throws {
        let cipher = Fixtures.cipher()
        let box = try cipher.seal(plaintext, field: "identity", of: "patient-registered")
        let opened = try cipher.open(box, field: "identity", of: "patient-registered")
        #expect(opened.value?.starts(with: plaintext) == true)

        let strangers = [
            other,
            DataSubject(tenant: TenantID(other.patient.uuid), patient: Fixtures.patient),
            // Tenant and patient exchanged: the parts of the binding are not interchangeable.
            DataSubject(
                tenant: TenantID(Fixtures.patient.uuid), patient: PatientID(Fixtures.tenant.uuid)),
        ]
        for stranger in strangers {
            #expect(throws: SealProblem.notAuthentic) {
                try Fixtures.cipher(for: stranger).open(
                    box, field: "identity", of: "patient-registered")
            }
        }
        for (field, type) in [
            ("identity", "identity-corrected"), ("justification", "patient-registered"),
            ("dentity", "patient-registeredi"), ("", "patient-registeredidentity"),
        ] {
            #expect(throws: SealProblem.notAuthentic) {
                try cipher.open(box, field: field, of: type)
            }
        }
    }

    @Test func `any changed bit is an error and never an answer`() throws {
        let cipher = Fixtures.cipher()
        let box = try cipher.seal(plaintext, field: "identity", of: "patient-registered")
        for bit in 0..<box.ciphertext.count * 8 {
            var ciphertext = box.ciphertext
            ciphertext[bit / 8] ^= 1 << UInt8(bit % 8)
            let changed = try #require(
                SealedBox(key: box.key, nonce: box.nonce, ciphertext: ciphertext))
            #expect(throws: SealProblem.notAuthentic) {
                try cipher.open(changed, field: "identity", of: "patient-registered")
            }
        }
    }

    @Test func `present, erased and unreachable are three answers`() throws {
        let data = Fixtures.recorded(try registered())
        let present = try codec.decode(data, cipher: Fixtures.cipher())
        #expect(identity(present)?.value?.name.family == "Müller-Łuczak")
        #expect(identity(try codec.decode(data, cipher: Fixtures.cipher(.erased))) == .erased)
        #expect(
            identity(try codec.decode(data, cipher: Fixtures.cipher(.unreachable))) == .unreachable)
    }

    @Test func `without its key nothing is sealed`() throws {
        let event = try codec.decode(Fixtures.recorded(registered()), cipher: Fixtures.cipher())
        for (access, problem) in [
            (SubjectCipher.Access.erased, SealProblem.keyErased), (.unreachable, .keyUnreachable),
        ] {
            #expect(
                throws: JournalError.unwritable(
                    type: "patient-registered", PayloadError(.sealed(problem), path: "/identity"))
            ) { try codec.encode(event, cipher: Fixtures.cipher(access)) }
        }
    }

    @Test func `a tampered value is a typed error, and so is one under another key`() throws {
        let data = try registered()
        var tree = try JSONTree(JSONReader().read(data.payload))
        var box = try #require(tree["identity"])
        guard case .string(let text)? = box["ct"] else { return }
        box["ct"] = .string((text.hasPrefix("A") ? "B" : "A") + text.dropFirst())
        tree["identity"] = box
        var json = JSONWriter()
        json.tree(tree)
        let tampered = EventData(
            type: data.type, payloadVersion: 1, payload: json.bytes, effectiveAt: data.effectiveAt)
        #expect(throws: problem(.notAuthentic)) {
            try codec.decode(Fixtures.recorded(tampered), cipher: Fixtures.cipher())
        }
        let otherKey = SubjectCipher.Access.present(DataKey(random: Fixtures.counting(from: 1)))
        #expect(throws: problem(.anotherKey)) {
            try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher(otherKey))
        }
    }

    private func problem(_ problem: SealProblem) -> JournalError {
        .unreadable(
            type: "patient-registered", payloadVersion: 1,
            PayloadError(.sealed(problem), path: "/identity"))
    }

    @Test func `an event is only opened with its own subject's cipher`() throws {
        let data = try registered()
        #expect(throws: JournalError.anotherSubject) {
            try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher(for: other))
        }
        let stream = StreamID(category: "site", uuid: Fixtures.patient.uuid)
        #expect(throws: JournalError.anotherSubject) {
            try codec.decode(Fixtures.recorded(data, stream: stream), cipher: Fixtures.cipher())
        }
        let tenant = TenantID(other.patient.uuid)
        #expect(throws: JournalError.anotherSubject) {
            try codec.decode(Fixtures.recorded(data, tenant: tenant), cipher: Fixtures.cipher())
        }
    }

    @Test func `names of different length have ciphertexts of one length`() throws {
        let cipher = Fixtures.cipher()
        let lengths = try [1, 20, 60].map { count in
            try cipher.seal([UInt8](repeating: 0x61, count: count), field: "identity", of: "x")
                .ciphertext.count
        }
        #expect(lengths == [80, 80, 80])
    }

    @Test func `sealed text is nowhere in the payload`() throws {
        let payload = String(decoding: try registered().payload, as: UTF8.self)
        for secret in ["Müller", "Anna", "1984", "MRN", "urn:oid"] {
            #expect(!payload.contains(secret))
        }
    }
}
