/// A value as it is stored: encrypted and authenticated by AES-256-GCM.
public struct SealedBox: Hashable, Sendable {
    /// The only algorithm there is so far; named in every box, so that there can be others.
    public static let algorithm = "A256GCM"
    static let nonceByteCount = 12
    static let tagByteCount = 16

    public let key: DataKeyID
    public let nonce: [UInt8]
    /// The ciphertext with its 16-byte tag behind it.
    public let ciphertext: [UInt8]

    /// `nil` unless `nonce` has 12 bytes and `ciphertext` at least a tag's 16.
    public init?(key: DataKeyID, nonce: [UInt8], ciphertext: [UInt8]) {
        guard nonce.count == SealedBox.nonceByteCount, ciphertext.count >= SealedBox.tagByteCount
        else {
            return nil
        }
        self.key = key
        self.nonce = nonce
        self.ciphertext = ciphertext
    }
}
