import Foundation
import InfusionKnowledge
import Testing

/// What a site may set a number to is a decision of its own: whoever changes one in the file says so here as well.
@Suite struct AcceptedRangesTests {
    private var file: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Golden/accepted.txt")
    }

    @Test func `every range is as it was agreed`() throws {
        let ranges = PathwaysFile.shipped.entries.compactMap { entry -> String? in
            let accepted = entry.fields.first { $0.name == "accepted" }
            return accepted.flatMap { $0.text == "fixed" ? nil : "\(entry.name): \($0.text)" }
        }
        let agreed = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(ranges.sorted() == agreed.map(String.init).sorted())
    }
}
