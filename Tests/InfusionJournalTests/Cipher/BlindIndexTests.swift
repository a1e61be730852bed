import EventStore
import Infusion
import InfusionJournal
import Testing

@Suite("Blind index")
struct BlindIndexTests {
    private func token(_ system: String, _ value: String, tenant: TenantID = Fixtures.tenant) throws
        -> [UInt8]
    {
        try Fixtures.keyring().blindIndexKeys(for: tenant)[0]
            .token(for: PatientIdentifier(system: system, value: value))
    }

    @Test func `an identifier has one token however it is typed`() throws {
        let plain = try token("urn:x", "mrn0042é")
        #expect(plain.count == 32)
        for (system, value) in [
            ("urn:x", " MRN 0042 é\n"), (" urn:x ", "MRN\u{a0}0042e\u{301}"),
            ("urn:x", "mrn0042\u{e9}"),
        ] {
            #expect(try token(system, value) == plain)
        }
    }

    @Test func `other identifiers, systems and tenants have other tokens`() throws {
        let tenant = TenantID(Fixtures.patient.uuid)
        let tokens = [
            try token("urn:x", "1"), try token("urn:x", "2"), try token("urn:X", "1"),
            try token("urn:x1", ""),
            try token("urn:", "x1"), try token("", "urn:x1"),
            try token("urn:x", "1", tenant: tenant),
        ]
        #expect(Set(tokens).count == tokens.count)
    }

    @Test func `tokens are the same for ever`() throws {
        let token = try token("urn:oid:2.16.840.1.113883.4.1", "MRN-0042")
        let hexadecimal = token.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        // Computed with another implementation (Python's hmac and hashlib).
        #expect(hexadecimal == "e60c23c0f2da4ee1ea812831185b87519103fdfe493d367d606bb0f0bb0b92e1")
    }

    @Test func `a rotation leaves both tokens to search by, the new one first`() throws {
        let keys = try Fixtures.keyring().blindIndexKeys(for: Fixtures.tenant)
        #expect(keys.map(\.masterKeyID) == ["2026-b", "2025-a"])
        let identifier = PatientIdentifier(system: "urn:x", value: "1")
        #expect(keys[0].token(for: identifier) != keys[1].token(for: identifier))
        let before = try Fixtures.keyring("2025-a Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=")
        #expect(
            before.blindIndexKeys(for: Fixtures.tenant)[0].token(for: identifier)
                == keys[1].token(for: identifier))
    }
}
