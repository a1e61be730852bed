import Foundation
import InfusionJournal

/// The stored form of a box, written without the code under test.
enum SealedBoxText {
    static func write(_ box: SealedBox, to json: inout JSONWriter) {
        json.beginObject()
        for (key, value) in [
            ("alg", "A256GCM"), ("kid", box.key.description), ("nonce", base64URL(box.nonce)),
            ("ct", base64URL(box.ciphertext)),
        ] {
            json.key(key)
            json.string(value)
        }
        json.endObject()
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
