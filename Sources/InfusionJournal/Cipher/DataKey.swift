import Crypto

/// The 256-bit key that one patient's identity and free text are encrypted under, unwrapped. It
/// lives in memory only; the key store keeps it wrapped, and destroying that is what erasure means.
public struct DataKey: Sendable, Redacted {
    static let byteCount = 32

    /// Names the key beside every ciphertext under it. Derived from the key itself, one way, so
    /// that nothing can pair a key with another's name.
    public let id: DataKeyID
    let key: SymmetricKey

    /// A new key.
    public init(random: RandomBytes) {
        self.init(bytes: random(DataKey.byteCount))
    }

    init(bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
        let code = HMAC<SHA256>.authenticationCode(
            for: [UInt8]("ferrovia/data-key-id/v1".utf8), using: key)
        id = DataKeyID(bytes: [UInt8](code.prefix(DataKeyID.byteCount)))
    }

    public var description: String { "DataKey(\(id), redacted)" }
}
