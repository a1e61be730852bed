import Foundation

/// `docs/events.md`.
enum Catalogue {
    static func text() throws -> String {
        let root = GoldenFiles.folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/events.md"), encoding: .utf8)
    }

    /// The part under the heading of `type` in `version`, up to the next heading.
    static func section(_ type: String, version: Int16) throws -> String? {
        let parts = try text().components(separatedBy: "\n### `\(type)` v\(version)\n")
        guard parts.count == 2 else { return nil }
        return parts[1].components(separatedBy: "\n#")[0]
    }
}
