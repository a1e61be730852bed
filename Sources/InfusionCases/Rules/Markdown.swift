/// GitHub's Markdown, as far as the catalogue needs it.
enum Markdown {
    /// Lines of prose end here; a table's line cannot be broken.
    private static let columns = 120

    /// Text as it is to be read: nothing in it is markup.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if #"\`*_[]<>|~"#.contains(character) { out.append("\\") }
            out.append(character)
        }
        return out
    }

    /// Broken between words; the first line begins with `first`, every other with `rest`.
    static func wrapped(_ text: String, first: String = "", rest: String = "") -> String {
        var lines: [String] = []
        var line = first
        var isBegun = false
        for word in text.split(separator: " ") {
            if !isBegun {
                line += word
            } else if line.count + 1 + word.count <= columns || mayNotBegin(word) {
                line += " " + word
            } else {
                lines.append(line)
                line = rest + word
            }
            isBegun = true
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// At the beginning of a line it would be the mark of a list, a heading or a quotation.
    private static func mayNotBegin(_ word: Substring) -> Bool {
        if ["-", "+", "*", "=", "#"].contains(where: word.hasPrefix) { return true }
        return word.dropLast().allSatisfy(\.isNumber)
            && (word.hasSuffix(".") || word.hasSuffix(")"))
    }

    static func item(_ text: String, depth: Int = 0) -> String {
        let margin = String(repeating: "  ", count: depth)
        return wrapped(text, first: margin + "- ", rest: margin + "  ")
    }

    /// The cells are Markdown already.
    static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows)
            .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
