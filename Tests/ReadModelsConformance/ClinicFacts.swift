public import EventStore
public import Foundation
public import Infusion
import InfusionJournal
import InfusionKnowledge

/// What the random clinic is made of. Small on purpose: two sites with two chairs each collide
/// often.
public enum ClinicFacts {
    public static let sites = [SiteID("north"), SiteID("south")]
    static let chairs = [ChairID("1"), ChairID("2")]
    public static let zone = TimeZone(identifier: "America/New_York") ?? .gmt
    /// 2026-01-05T13:00:00Z, eight in the morning at the clinic.
    public static let start = Instant(microsecondsSinceUnixEpoch: 1_767_618_000_000_000)

    static func context(site: SiteID, now: Instant) -> DecisionContext {
        DecisionContext(
            now: now,
            site: SiteSettings(site: site, timeZone: zone, region: .us, policy: .standard),
            formulary: .standard)
    }

    /// Seals with one key; what it protects is made up.
    static func cipher(of patient: PatientID, tenant: TenantID) -> SubjectCipher {
        SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: patient), access: .present(key),
            random: counting)
    }

    private static let key = DataKey(random: counting)
    private static let counting = RandomBytes { count in
        (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    }

    /// Events as they are stored.
    public static func stored(
        _ events: [PatientEvent], of patient: PatientID, tenant: TenantID
    ) -> [EventData] {
        let cipher = cipher(of: patient, tenant: tenant)
        return events.map { event in
            do {
                return try JournalCodec().encode(event, cipher: cipher)
            } catch {
                preconditionFailure("\(error)")
            }
        }
    }

    static func value(_ value: Decimal, of analyte: Analyte) -> LabValue {
        LabValue(
            comparator: nil, reported: value, reportedUnit: analyte.canonicalUnit, canonical: value)
    }

    public static func identifiers<Subject>(
        _ type: Identifier<Subject>.Type, _ generator: inout SeededGenerator
    ) -> Identifier<Subject> {
        func word() -> UInt64 { generator.next() }
        let (high, low) = (word(), word())
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
            UInt8(truncatingIfNeeded: word >> (index * 8))
        }
        return Identifier(
            UUID(
                uuid: (
                    byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4),
                    byte(high, 5), 0x40 | byte(high, 6) & 0x0f, byte(high, 7),
                    0x80 | byte(low, 0) & 0x3f,
                    byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4), byte(low, 5),
                    byte(low, 6),
                    byte(low, 7)
                )))
    }
}
