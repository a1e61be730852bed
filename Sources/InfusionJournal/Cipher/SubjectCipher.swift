import Crypto
import Foundation
public import Infusion

/// Seals and opens one patient's values. Made once per patient and request, after the key store has
/// answered; itself it waits for nothing.
public struct SubjectCipher: Sendable, Redacted {
    /// What the key store said.
    public enum Access: Sendable {
        case present(DataKey)
        /// A new key, after the one before was lost: what that one sealed is as if erased.
        case renewed(DataKey)
        /// The key was destroyed, on purpose and for good.
        case erased
        /// The key store did not answer, or the caller has no business with identities.
        case unreachable
    }

    public let subject: DataSubject
    private let access: Access
    private let random: RandomBytes

    public init(subject: DataSubject, access: Access, random: RandomBytes) {
        self.subject = subject
        self.access = access
        self.random = random
    }

    /// Whether what is sealed can be opened.
    public var isPresent: Bool {
        switch access {
        case .present, .renewed: true
        case .erased, .unreachable: false
        }
    }

    /// Encrypts `plaintext` for `field` of an event of `type`, and for nowhere else.
    public func seal(
        _ plaintext: [UInt8], field: String, of type: String
    ) throws(SealProblem) -> SealedBox {
        let key: DataKey
        switch access {
        case .present(let present), .renewed(let present): key = present
        case .erased: throw .keyErased
        case .unreachable: throw .keyUnreachable
        }
        do {
            let box = try AES.GCM.seal(
                SubjectCipher.padded(plaintext), using: key.key,
                nonce: AES.GCM.Nonce(data: random(SealedBox.nonceByteCount)),
                authenticating: Binding.field(field, of: type, subject).bytes)
            let sealed = SealedBox(
                key: key.id, nonce: [UInt8](box.nonce),
                ciphertext: [UInt8](box.ciphertext) + box.tag)
            guard let sealed else { throw SealProblem.notAuthentic }
            return sealed
        } catch {
            throw .notAuthentic
        }
    }

    /// The plaintext of `box`, or why there is none. An altered box is an error, never an answer.
    public func open(
        _ box: SealedBox, field: String, of type: String
    ) throws(SealProblem) -> Sealed<[UInt8]> {
        let key: DataKey
        switch access {
        case .present(let present): key = present
        case .renewed(let present):
            guard box.key == present.id else { return .erased }
            key = present
        case .erased: return .erased
        case .unreachable: return .unreachable
        }
        guard box.key == key.id else { throw .anotherKey }
        do {
            let plaintext = try AES.GCM.open(
                AES.GCM.SealedBox(combined: box.nonce + box.ciphertext), using: key.key,
                authenticating: Binding.field(field, of: type, subject).bytes)
            return .present([UInt8](plaintext))
        } catch {
            throw .notAuthentic
        }
    }

    /// JSON text filled up with spaces to a multiple of 64 bytes, for a ciphertext is as long as
    /// its plaintext, and the length of a name is a hint at the name.
    private static func padded(_ plaintext: [UInt8]) -> [UInt8] {
        plaintext + [UInt8](repeating: 0x20, count: (64 - plaintext.count % 64) % 64)
    }
}
