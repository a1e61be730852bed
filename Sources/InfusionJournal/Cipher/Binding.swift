import EventStore
import Foundation
import Infusion

/// What a ciphertext is bound to: its associated data. Every part carries its length, so that no
/// two different bindings have the same bytes. The layouts are stored for ever, as the ciphertexts
/// are.
struct Binding {
    private(set) var bytes: [UInt8] = []

    private init(purpose: String, subject: DataSubject) {
        append(purpose.utf8)
        append(subject.tenant.uuid.bytes)
        append(subject.patient.uuid.bytes)
    }

    /// A field of an event: its type and the field's name, both as stored.
    static func field(_ field: String, of type: String, _ subject: DataSubject) -> Binding {
        var binding = Binding(purpose: "ferrovia/field/v1", subject: subject)
        binding.append(type.utf8)
        binding.append(field.utf8)
        return binding
    }

    /// A patient's key, wrapped.
    static func key(under masterKeyID: String, _ subject: DataSubject) -> Binding {
        var binding = Binding(purpose: "ferrovia/subject-key/v1", subject: subject)
        binding.append(masterKeyID.utf8)
        return binding
    }

    private mutating func append(_ part: some Collection<UInt8>) {
        let count = UInt32(truncatingIfNeeded: part.count)
        for shift in [24, 16, 8, 0] {
            bytes.append(UInt8(truncatingIfNeeded: count >> UInt32(shift)))
        }
        bytes.append(contentsOf: part)
    }
}

extension UUID {
    /// The sixteen bytes in the order they are written.
    var bytes: [UInt8] {
        let u = uuid
        return [
            u.0, u.1, u.2, u.3, u.4, u.5, u.6, u.7, u.8, u.9, u.10, u.11, u.12, u.13, u.14, u.15,
        ]
    }
}
