import EventStore
import Foundation
import Infusion
import InfusionJournal

/// Fixed keys, subjects and nonces. They are in this file for all to read and protect nothing.
enum Fixtures {
    static let tenant = TenantID(uuid("7e000000-0000-4000-8000-00000000000a"))
    static let patient = PatientID(uuid("9a000000-0000-4000-8000-00000000000b"))
    static let subject = DataSubject(tenant: tenant, patient: patient)

    /// Two keys: `2026-b` in use, `2025-a` before it.
    static let keyFile = """
        # test keys
        2026-b AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=

        2025-a Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=
        """

    static func uuid(_ text: String) -> UUID {
        guard let uuid = UUID(uuidString: text) else { preconditionFailure("not a UUID: \(text)") }
        return uuid
    }

    /// `count` bytes counting up from `start`, every time.
    static func counting(from start: UInt8) -> RandomBytes {
        RandomBytes { count in (0..<count).map { start &+ UInt8(truncatingIfNeeded: $0) } }
    }

    static let dataKey = DataKey(random: counting(from: 0x40))

    static func keyring(_ file: String = keyFile) throws -> MasterKeyring {
        try MasterKeyring.load([UInt8](file.utf8))
    }

    /// Seals with one key and one nonce: golden bytes stay golden.
    static func cipher(
        _ access: SubjectCipher.Access = .present(dataKey), for subject: DataSubject = subject
    ) -> SubjectCipher {
        SubjectCipher(subject: subject, access: access, random: counting(from: 0x90))
    }

    static func recorded(
        _ data: EventData, tenant: TenantID = tenant,
        stream: StreamID = PatientStream.id(of: patient)
    ) -> RecordedEvent {
        RecordedEvent(
            tenant: tenant, position: Position(1), stream: stream, version: StreamVersion(1),
            commandID: CommandID(uuid("c0000000-0000-4000-8000-00000000000c")), data: data,
            metadata: EventMetadata(
                actor: "nurse-1", correlationID: uuid("c0000000-0000-4000-8000-00000000000d"),
                causation: nil, ruleSet: "2026.1"),
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: 0), logEpoch: 1)
    }
}
