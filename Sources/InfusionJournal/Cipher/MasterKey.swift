import Crypto
import EventStore
import Foundation

/// A secret of the installation, from which the keys that protect other keys are derived, one per
/// tenant and purpose: what protects one clinic says nothing about another.
public struct MasterKey: Sendable, Redacted {
    static let byteCount = 32

    /// 1 to 32 of `a-z`, `0-9`, `.`, `-`; stored beside everything derived from it.
    public let id: String
    private let key: SymmetricKey

    init(id: String, bytes: [UInt8]) {
        self.id = id
        key = SymmetricKey(data: bytes)
    }

    public var description: String { "MasterKey(\(id), redacted)" }

    func keyEncryptionKey(for tenant: TenantID) -> SymmetricKey {
        derived("ferrovia/key-encryption/v1", tenant)
    }

    func blindIndexKey(for tenant: TenantID) -> BlindIndexKey {
        BlindIndexKey(masterKeyID: id, key: derived("ferrovia/blind-index/v1", tenant))
    }

    private func derived(_ purpose: String, _ tenant: TenantID) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, salt: tenant.uuid.bytes, info: [UInt8](purpose.utf8),
            outputByteCount: 32)
    }
}
