/// The name of a ``DataKey``: `kid` in a sealed value. 16 bytes, written as base64url.
public struct DataKeyID: Hashable, Sendable, CustomStringConvertible {
    static let byteCount = 16
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `nil` unless `text` is 16 bytes in base64url.
    init?(_ text: String) {
        guard let bytes = Base64URL.bytes(of: text), bytes.count == DataKeyID.byteCount else {
            return nil
        }
        self.bytes = bytes
    }

    public var description: String { Base64URL.text(of: bytes) }
}
