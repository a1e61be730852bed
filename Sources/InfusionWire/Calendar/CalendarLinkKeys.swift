import Crypto
import Foundation
public import InfusionJournal

/// What links to feeds are signed with: HMAC-SHA256 under a key from a file. The first key signs, all of them
/// are accepted, so that taking one out ends every link it made.
public struct CalendarLinkKeys: Sendable, Redacted {
    /// A file that cannot be used; says nothing of what it holds.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    private static let keyBytes = 32

    private let keys: [SymmetricKey]

    /// Reads a key a line, 32 bytes in base64, the active one first. Empty lines and lines that begin with `#`
    /// are skipped. `openssl rand -base64 32` makes a key.
    public init(file: [UInt8]) throws(Problem) {
        let lines = String(decoding: file, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var keys: [SymmetricKey] = []
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            guard let data = Data(base64Encoded: String(line)), data.count == Self.keyBytes,
                Set(data).count > 1
            else {
                throw Problem(
                    description:
                        "line \(index + 1) is no key: \(Self.keyBytes) random bytes in base64")
            }
            keys.append(SymmetricKey(data: data))
        }
        guard !keys.isEmpty else { throw Problem(description: "there is no key in it") }
        self.keys = keys
    }

    /// In base64url, without padding.
    public func signature(of link: CalendarLink) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: link.message, using: keys[0])
        return Data(code).base64EncodedString().replacing("+", with: "-")
            .replacing("/", with: "_").replacing("=", with: "")
    }

    /// Whether one of the keys made the signature; takes the same time wherever it differs.
    public func accepts(_ signature: String, of link: CalendarLink) -> Bool {
        let padding = String(repeating: "=", count: (4 - signature.utf8.count % 4) % 4)
        let text = signature.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let code = Data(base64Encoded: text) else { return false }
        return keys.contains {
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: link.message, using: $0)
        }
    }
}
