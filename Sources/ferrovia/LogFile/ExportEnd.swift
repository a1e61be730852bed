import EventStore
import InfusionJournal

/// The last line of an export: without it the export was cut off, and with another one than its lines
/// give it was changed.
struct ExportEnd: Hashable {
    /// How the line begins; no other line does.
    static let beginning = Array(#"{"end":"#.utf8)

    /// The last position.
    let position: Position
    /// How many lines come before this one.
    let lines: Int64
    /// SHA-256 over the lines before this one with their line breaks, in lower-case hexadecimal.
    let digest: String

    var line: [UInt8] {
        JSONAnswer.object { writer in
            writer.member("end", position.value)
            writer.member("lines", lines)
            writer.member("sha256", digest)
        }
    }

    /// - Parameter position: The member `end`, read already.
    static func read(
        _ object: inout JSONObject, _ position: JSONValue
    ) throws(JSONError) -> ExportEnd {
        ExportEnd(
            position: Position(try position.integer()),
            lines: try object.whole("lines"), digest: try object.member("sha256").string())
    }

    /// What the lines before it must give.
    func requireLines(of seal: ExportSeal) throws(LogLineProblem) {
        guard lines == seal.lines else {
            throw LogLineProblem(
                "lines", found: lines, accepted: "\(seal.lines): lines were lost or added")
        }
        guard digest == seal.digest else {
            throw LogLineProblem(
                "sha256", "the lines before this one are not those that were exported")
        }
    }
}
