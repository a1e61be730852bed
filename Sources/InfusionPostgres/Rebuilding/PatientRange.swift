import Foundation

/// A half-open range of patients by their ids: after the first, up to and including the last.
struct PatientRange: Sendable {
    let after: UUID
    let through: UUID

    init(after: UUID, through: UUID) {
        self.after = after
        self.through = through
    }

    /// One patient.
    init(only patient: UUID) { self.init(after: patient.predecessor, through: patient) }

    func contains(_ patient: UUID) -> Bool { after < patient && patient <= through }

    static let lowest = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    static let highest = UUID(
        uuid: (255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
}

extension UUID {
    /// The UUID before this one in byte order; the first has none and returns itself.
    fileprivate var predecessor: UUID {
        let own = uuid
        var bytes = [
            own.0, own.1, own.2, own.3, own.4, own.5, own.6, own.7, own.8, own.9, own.10, own.11,
            own.12, own.13, own.14, own.15,
        ]
        guard let index = bytes.lastIndex(where: { $0 > 0 }) else { return self }
        bytes[index] -= 1
        for later in bytes.indices where later > index { bytes[later] = 255 }
        return UUID(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
