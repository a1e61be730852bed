import Crypto
public import EventStore
import Foundation

/// The master keys of an installation: one that is used for everything new, and the old ones that
/// still open what was wrapped under them.
///
/// To rotate, put a new key first and keep the old ones; wrap every `SubjectKey` anew and compute
/// every blind index token anew; then take the old key out. No event is touched.
public struct MasterKeyring: Sendable, Redacted {
    public let active: MasterKey
    public let old: [MasterKey]

    /// `key` as the key store may keep it: under the active master key, bound to its subject. The
    /// bytes are nonce (12), ciphertext (32), tag (16).
    public func wrap(
        _ key: DataKey, for subject: DataSubject, random: RandomBytes
    ) throws(KeyError) -> SubjectKey {
        let binding = Binding.key(under: active.id, subject)
        do {
            let box = try AES.GCM.seal(
                key.key.withUnsafeBytes { [UInt8]($0) },
                using: active.keyEncryptionKey(for: subject.tenant),
                nonce: AES.GCM.Nonce(data: random(SealedBox.nonceByteCount)),
                authenticating: binding.bytes)
            return SubjectKey(
                wrapped: [UInt8](box.nonce) + box.ciphertext + box.tag, wrappingKeyID: active.id)
        } catch {
            throw .notAuthentic
        }
    }

    /// The key in `wrapped`, which must have been wrapped for this very subject.
    public func unwrap(
        _ wrapped: SubjectKey, for subject: DataSubject
    ) throws(KeyError) -> DataKey {
        guard let master = key(wrapped.wrappingKeyID) else { throw .unknownMasterKey }
        let binding = Binding.key(under: master.id, subject)
        let byteCount = SealedBox.nonceByteCount + DataKey.byteCount + SealedBox.tagByteCount
        guard wrapped.wrapped.count == byteCount else { throw .notAuthentic }
        do {
            let bytes = try AES.GCM.open(
                AES.GCM.SealedBox(combined: wrapped.wrapped),
                using: master.keyEncryptionKey(for: subject.tenant), authenticating: binding.bytes)
            return DataKey(bytes: [UInt8](bytes))
        } catch {
            throw .notAuthentic
        }
    }

    /// `wrapped` under the active master key; unchanged if it already is.
    public func rewrap(
        _ wrapped: SubjectKey, for subject: DataSubject, random: RandomBytes
    ) throws(KeyError) -> SubjectKey {
        guard wrapped.wrappingKeyID != active.id else { return wrapped }
        return try wrap(unwrap(wrapped, for: subject), for: subject, random: random)
    }

    /// What a cipher can do, by the key store's answer; `nil` where there has never been a key.
    /// That the store could not be reached is its error, and `.unreachable` the caller's choice.
    public func access(
        to state: SubjectKeyState, for subject: DataSubject
    ) throws(KeyError) -> SubjectCipher.Access? {
        switch state {
        case .present(let wrapped):
            wrapped.followsLostKey
                ? .renewed(try unwrap(wrapped, for: subject))
                : .present(try unwrap(wrapped, for: subject))
        case .erased: .erased
        case .absent: nil
        }
    }

    /// The tenant's blind index keys: the active one, which new tokens are made with, then the old
    /// ones, which a search must also try until every token has been computed anew.
    public func blindIndexKeys(for tenant: TenantID) -> [BlindIndexKey] {
        ([active] + old).map { $0.blindIndexKey(for: tenant) }
    }

    private func key(_ id: String) -> MasterKey? {
        active.id == id ? active : old.first { $0.id == id }
    }
}
