import Crypto
import Foundation
public import Infusion

/// Finds a patient by an identifier that is stored only encrypted: equal identifiers give equal
/// tokens, and without the key a token says nothing.
public struct BlindIndexKey: Sendable, Redacted {
    /// The master key it was derived from; kept beside each token, for rotation.
    public let masterKeyID: String
    private let key: SymmetricKey

    init(masterKeyID: String, key: SymmetricKey) {
        self.masterKeyID = masterKeyID
        self.key = key
    }

    /// 32 bytes that stand for `identifier`.
    ///
    /// The value is compared as people copy it: white space is dropped, `A`–`Z` are lowered, and
    /// the text is in Unicode normal form C. The system is a URI, compared exactly but for white
    /// space around it. Two identifiers that differ only in these ways share a token, so what is
    /// found must be decrypted and looked at before it is believed.
    public func token(for identifier: PatientIdentifier) -> [UInt8] {
        let system = identifier.system.trimmingCharacters(in: .whitespacesAndNewlines)
            .precomposedStringWithCanonicalMapping
        let value = BlindIndexKey.normalized(identifier.value)
        var message: [UInt8] = []
        // The system's length first: `a|b` and `c` are not `a` and `b|c`.
        let count = UInt32(truncatingIfNeeded: system.utf8.count)
        for shift in [24, 16, 8, 0] {
            message.append(UInt8(truncatingIfNeeded: count >> UInt32(shift)))
        }
        message.append(contentsOf: system.utf8)
        message.append(contentsOf: value.utf8)
        return [UInt8](HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    /// Lowers ASCII only: what Unicode lowers may change from one version to the next, tokens may
    /// not.
    static func normalized(_ value: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in value.precomposedStringWithCanonicalMapping.unicodeScalars
        where !scalar.properties.isWhitespace {
            let isUpper = ("A"..."Z").contains(scalar)
            scalars.append(isUpper ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
        }
        return String(scalars)
    }
}
