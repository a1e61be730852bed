import EventStore
import Infusion
import InfusionJournal
import Testing

@Suite("Master keys")
struct MasterKeyringTests {
    private let random = Fixtures.counting(from: 0x20)
    private let stranger = DataSubject(tenant: Fixtures.tenant, patient: GoldenEvents.id(9))

    private func opens(_ box: SealedBox, with key: DataKey) -> Bool {
        let opened = try? Fixtures.cipher(.present(key)).open(box, field: "f", of: "t")
        return opened?.value?.starts(with: [0x31]) == true
    }

    private func box(under key: DataKey) throws -> SealedBox {
        try Fixtures.cipher(.present(key)).seal([0x31], field: "f", of: "t")
    }

    @Test func `a wrapped key comes back as the same key`() throws {
        let keyring = try Fixtures.keyring()
        let wrapped = try keyring.wrap(Fixtures.dataKey, for: Fixtures.subject, random: random)
        #expect(wrapped.wrappingKeyID == "2026-b")
        #expect(wrapped.wrapped.count == 60)
        let key = try keyring.unwrap(wrapped, for: Fixtures.subject)
        #expect(key.id == Fixtures.dataKey.id)
        #expect(opens(try box(under: Fixtures.dataKey), with: key))
    }

    @Test func `a wrapped key is bound to its subject, its master key and every bit`() throws {
        let keyring = try Fixtures.keyring()
        let wrapped = try keyring.wrap(Fixtures.dataKey, for: Fixtures.subject, random: random)
        #expect(throws: KeyError.notAuthentic) { try keyring.unwrap(wrapped, for: stranger) }
        let elsewhere = DataSubject(
            tenant: TenantID(stranger.patient.uuid), patient: Fixtures.patient)
        #expect(throws: KeyError.notAuthentic) { try keyring.unwrap(wrapped, for: elsewhere) }
        let renamed = SubjectKey(wrapped: wrapped.wrapped, wrappingKeyID: "2025-a")
        #expect(throws: KeyError.notAuthentic) {
            try keyring.unwrap(renamed, for: Fixtures.subject)
        }
        let unknown = SubjectKey(wrapped: wrapped.wrapped, wrappingKeyID: "2024-z")
        #expect(throws: KeyError.unknownMasterKey) {
            try keyring.unwrap(unknown, for: Fixtures.subject)
        }
        for index in wrapped.wrapped.indices {
            var bytes = wrapped.wrapped
            bytes[index] ^= 0x80
            let changed = SubjectKey(wrapped: bytes, wrappingKeyID: wrapped.wrappingKeyID)
            #expect(throws: KeyError.notAuthentic) {
                try keyring.unwrap(changed, for: Fixtures.subject)
            }
        }
        let short = SubjectKey(wrapped: [], wrappingKeyID: wrapped.wrappingKeyID)
        #expect(throws: KeyError.notAuthentic) { try keyring.unwrap(short, for: Fixtures.subject) }
    }

    @Test func `after a rotation old keys still open, and are wrapped anew`() throws {
        let before = try Fixtures.keyring("2025-a Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=")
        let after = try Fixtures.keyring()
        let wrapped = try before.wrap(Fixtures.dataKey, for: Fixtures.subject, random: random)
        #expect(try after.unwrap(wrapped, for: Fixtures.subject).id == Fixtures.dataKey.id)
        let renewed = try after.rewrap(wrapped, for: Fixtures.subject, random: random)
        #expect(renewed.wrappingKeyID == "2026-b")
        #expect(try after.unwrap(renewed, for: Fixtures.subject).id == Fixtures.dataKey.id)
        #expect(try after.rewrap(renewed, for: Fixtures.subject, random: random) == renewed)
        #expect(throws: KeyError.unknownMasterKey) {
            try before.unwrap(renewed, for: Fixtures.subject)
        }
    }

    @Test func `the key store's answer becomes what a cipher can do`() throws {
        let keyring = try Fixtures.keyring()
        let wrapped = try keyring.wrap(Fixtures.dataKey, for: Fixtures.subject, random: random)
        guard
            case .present(let key)? = try keyring.access(
                to: .present(wrapped), for: Fixtures.subject)
        else {
            Issue.record("not present")
            return
        }
        #expect(key.id == Fixtures.dataKey.id)
        let erased = SubjectKeyState.erased(at: Timestamp(microsecondsSinceUnixEpoch: 0))
        guard case .erased? = try keyring.access(to: erased, for: Fixtures.subject) else {
            Issue.record("not erased")
            return
        }
        let absent = try keyring.access(to: .absent, for: Fixtures.subject)
        #expect(absent == nil)
    }

    @Test(arguments: [
        ("", KeyError.noMasterKey), ("# only a comment\n", .noMasterKey),
        ("2026-b", .malformedLine(1)),
        ("\n2026-b AAEC", .malformedLine(2)),
        ("2026_B AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", .malformedLine(1)),
        ("a !AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", .malformedLine(1)),
        ("a AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", .placeholderKey(line: 1)),
        (
            "a AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\na Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=",
            .duplicateKeyID(line: 2)
        ),
    ])
    func `a key file that is not one is refused, by line`(file: String, error: KeyError) {
        #expect(throws: error) { try Fixtures.keyring(file) }
    }

    @Test func `secrets are never shown`() throws {
        let keyring = try Fixtures.keyring()
        let secrets: [any Redacted] = [
            keyring, keyring.active, Fixtures.dataKey, Fixtures.cipher(),
            keyring.blindIndexKeys(for: Fixtures.tenant)[0],
        ]
        for secret in secrets {
            var dumped = ""
            dump(secret, to: &dumped)
            let shown = "\(secret) \(String(reflecting: secret)) \(dumped)"
            #expect(shown.contains("redacted"))
            #expect(Mirror(reflecting: secret).children.isEmpty)
            #expect(!shown.contains("SymmetricKey"))
        }
        #expect(!"\([keyring])".contains("SymmetricKey"))
        #expect(!"\(SubjectCipher.Access.present(Fixtures.dataKey))".contains("SymmetricKey"))
    }
}
