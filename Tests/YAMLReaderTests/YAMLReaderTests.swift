import Faults
import Foundation
import Testing
import YAMLReader

@Suite("YAML reader")
struct YAMLReaderTests {
    private func value(_ text: String) throws -> YAMLValue {
        try YAMLDocument.read(text, file: "a.yaml")
    }

    private func problem(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test
    func `a problem names file, line, column, path, what was found and what would be accepted`()
        throws
    {
        let root = try value("rows:\n  - dose: 750\n")
        let found = problem {
            var map = try root.mapping()
            _ = try map.required("rows").list { (row) throws(YAMLProblems) in
                var row = try row.mapping()
                return try row.required("dose").amount("mg")
            }
        }
        #expect(
            found
                == "a.yaml:2:11: rows[0].dose: is '750'; accepted: a number and its unit, such as 10 mg"
        )
    }

    @Test func `all elements of a list are told at once`() throws {
        let found = problem {
            _ = try value("[1, x, 3, y]").list { (value) throws(YAMLProblems) in
                try value.integer(0...9)
            }
        }
        #expect(found?.split(separator: "\n").count == 2)
        #expect(found?.contains("[1]: is 'x'") == true)
        #expect(found?.contains("[3]: is 'y'") == true)
    }

    @Test func `all members of a mapping are told at once, also those that nobody knows`() throws {
        let found = problem {
            var map = try value("{dose: x, days: 0, dosse: 2}").mapping()
            _ = try allRead(
                reading(try map.required("dose").integer(0...9)),
                reading(try map.required("days").integer(1...9)),
                reading(try map.required("times").integer(1...9)), reading(try map.finish()))
        }
        #expect(
            found?.split(separator: "\n").map { $0.dropFirst("a.yaml:1:".count) } == [
                "8: dose: is 'x'; accepted: a whole number from 0 to 9",
                "17: days: is '0'; accepted: a whole number from 1 to 9",
                "1: has no 'times', which is required",
                "27: dosse: is not known here; accepted: dose, days, times",
            ])
    }

    @Test func `a member that nobody asked for is a problem, and what is accepted is named`() throws
    {
        let found = problem {
            var map = try value("{dose: 1, dosse: 2}").mapping()
            _ = map.optional("dose")
            try map.finish()
        }
        #expect(found == "a.yaml:1:18: dosse: is not known here; accepted: dose")
    }

    @Test(arguments: [
        ("a: 1\na: 2\n", "more than once"), ("a: [1\n", "is no YAML"), ("a: 'x\n", "is no YAML"),
        ("", "holds 0 documents"), ("a: 1\n---\nb: 2\n", "holds 2 documents"),
    ])
    func `what is no document is refused`(text: String, part: String) {
        #expect(problem { _ = try value(text) }?.contains(part) == true)
    }

    @Test func `numbers are read as they are written`() throws {
        func decimal(_ text: String) throws -> Decimal { try value(text).decimal() }
        #expect(try decimal("0.1") + decimal("0.2") == decimal("0.3"))
        #expect(try decimal("-3") == -3)
        for text in ["1e3", ".5", "5.", "1,000", "0x10", "١"] {
            #expect(throws: YAMLProblems.self, "\(text)") { try decimal(text) }
        }
    }

    @Test func `yes and no are words of people, on a key too`() throws {
        var map = try value("{on: yes, off: no}").mapping()
        #expect(try map.required("on").bool())
        #expect(try !map.required("off").bool())
        try map.finish()
    }

    @Test func `aliases of aliases do not take the memory of the reader`() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...7 {
            let parts = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(parts)]\n"
        }
        func count(_ value: YAMLValue) throws(YAMLProblems) -> Int {
            guard value.isList else { return 1 }
            return try value.list(count).reduce(0, +)
        }
        var map = try value(text).mapping()
        let deepest = try map.required("a7")
        #expect(problem { _ = try count(deepest) }?.contains("more than 100000 values") == true)
    }
}
