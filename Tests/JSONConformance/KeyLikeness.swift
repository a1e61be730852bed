import Foundation

/// How near the keys of the objects of a text come to each other.
enum KeyLikeness {
    case distinct
    /// Somewhere two are equal for Swift and not unit by unit, and nowhere two are equal.
    case equivalent
    case duplicate

    init(_ bytes: [UInt8], _ shape: TextShape) {
        self = .distinct
        for keys in shape.objects where keys.count > 1 {
            let names = keys.map { KeyLikeness.name(bytes[$0]) }
            guard Set(names).count < names.count else { continue }
            guard Set(names.map { [UInt8]($0.utf8) }).count == names.count else {
                self = .duplicate
                return
            }
            self = .equivalent
        }
    }

    /// What a key says. Foundation takes the escapes off, since ours is what is examined; a key that
    /// is malformed stands for itself.
    private static func name(_ key: ArraySlice<UInt8>) -> String {
        guard key.contains(UInt8(ascii: "\\")) else { return String(decoding: key, as: UTF8.self) }
        let quote = [UInt8(ascii: "\"")]
        let text = try? JSONDecoder().decode(String.self, from: Data(quote + key + quote))
        return text ?? String(decoding: key, as: UTF8.self)
    }
}
