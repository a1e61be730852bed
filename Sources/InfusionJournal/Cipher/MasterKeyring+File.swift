import Foundation

extension MasterKeyring {
    /// Reads a key file: one key per line as `<key id> <32 bytes in base64>`, the active one first.
    /// Empty lines and lines that begin with `#` are skipped. `openssl rand -base64 32` makes a
    /// key.
    public static func load(_ file: [UInt8]) throws(KeyError) -> MasterKeyring {
        var keys: [MasterKey] = []
        let lines = String(decoding: file, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let key = try key(on: line, number: index + 1)
            guard !keys.contains(where: { $0.id == key.id }) else {
                throw .duplicateKeyID(line: index + 1)
            }
            keys.append(key)
        }
        guard let active = keys.first else { throw .noMasterKey }
        return MasterKeyring(active: active, old: [MasterKey](keys.dropFirst()))
    }

    private static func key(on line: Substring, number: Int) throws(KeyError) -> MasterKey {
        let parts = line.split(separator: " ")
        guard parts.count == 2, isKeyID(parts[0]), let data = Data(base64Encoded: String(parts[1])),
            data.count == MasterKey.byteCount
        else { throw .malformedLine(number) }
        guard Set(data).count > 1 else { throw .placeholderKey(line: number) }
        return MasterKey(id: String(parts[0]), bytes: [UInt8](data))
    }

    private static func isKeyID(_ text: Substring) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.allSatisfy {
                ("a"..."z").contains($0) || ("0"..."9").contains($0) || "-.".contains($0)
            }
    }
}
