import Foundation

/// The golden payloads: files named `<event type>.v<version>.json`, or
/// `…v<version>-<variant>.json`. They are added and never edited; a payload that no longer matches
/// its file is lost data.
enum GoldenFiles {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    /// Names without extension, in order.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
    }

    /// Writes a file that is not there yet, and only when asked to by `FERROVIA_RECORD_GOLDEN=1`: a
    /// new golden file is made on purpose and looked at in review.
    static func recordIfAsked(_ name: String, _ bytes: [UInt8]) throws {
        let file = folder.appending(path: "\(name).json")
        guard ProcessInfo.processInfo.environment["FERROVIA_RECORD_GOLDEN"] == "1",
            !FileManager.default.fileExists(atPath: file.path)
        else { return }
        try Data(bytes).write(to: file)
    }

    /// The event type and payload version that a name begins with.
    static func shape(of name: String) -> (type: String, version: Int16)? {
        let parts = name.split(separator: ".v", maxSplits: 1)
        guard parts.count == 2, let version = Int16(parts[1].prefix { $0.isNumber }) else {
            return nil
        }
        return (String(parts[0]), version)
    }
}
