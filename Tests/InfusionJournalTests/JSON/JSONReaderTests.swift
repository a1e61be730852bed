import Foundation
import InfusionJournal
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
    private func read(_ text: String, depthMax: Int = 64) throws(JSONError) -> JSONValue {
        try JSONReader(limits: JSONLimits(bytesMax: 4_096, depthMax: depthMax)).read(
            [UInt8](text.utf8))
    }

    @Test(arguments: [
        ("", JSONProblem.unexpectedEnd, 0), ("[1,]", .unexpectedByte, 3),
        ("{\"a\":1,}", .unexpectedByte, 7),
        ("{\"a\":1,\"a\":2}", .duplicateKey, 8), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey, 8),
        ("01", .malformedNumber, 0), ("1.", .malformedNumber, 0), ("-", .malformedNumber, 0),
        ("1 2", .trailingBytes, 2), ("\"\\ud800\"", .loneSurrogate, 7),
        ("\"\\udc00\"", .loneSurrogate, 7),
        ("\"\\ud800\\u0041\"", .loneSurrogate, 13), ("\"\\x\"", .malformedEscape, 2),
        ("\"a\nb\"", .controlCharacter, 2),
        ("\"\\u12", .malformedEscape, 2), ("[", .unexpectedEnd, 1), ("tru", .unexpectedEnd, 3),
        ("nulL", .unexpectedByte, 3), ("\u{FEFF}1", .unexpectedByte, 0),
        ("'a'", .unexpectedByte, 0),
        ("{a:1}", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3),
    ])
    func `a text that breaks the grammar is refused, and where`(
        text: String, problem: JSONProblem, offset: Int
    ) {
        #expect(throws: JSONError(problem, offset: offset)) { try read(text) }
    }

    @Test func `limits are kept`() {
        #expect(throws: JSONError(.tooDeep(depthMax: 2), offset: 2)) {
            try read("[[[]]]", depthMax: 2)
        }
        #expect(throws: JSONError(.tooLong(bytesMax: 4_096))) {
            try read(String(repeating: " ", count: 4_097))
        }
        #expect(throws: JSONError(.notUTF8, offset: 1)) {
            try JSONReader().read([0x22, 0xFF, 0x22])
        }
    }

    @Test func `duplicate keys are found in large objects too, in linear time`() throws {
        let members = (0..<50_000).map { "\"k\($0)\":0" }
        let reader = JSONReader()
        _ = try reader.read([UInt8]("{\(members.joined(separator: ","))}".utf8))
        #expect(throws: JSONError.self) {
            try reader.read(
                [UInt8]("{\((members + ["\"\\u006b7\":1"]).joined(separator: ","))}".utf8))
        }
    }

    @Test func `members are read in any order, once, and none is left over`() throws {
        var object = try read(#"{"b":2,"a":null,"c":[true]}"#).object()
        #expect(try object.optionalMember("a") == nil)
        #expect(try object.member("b").integer() == 2)
        #expect(object.memberIfPresent("d") == nil)
        #expect(throws: JSONError(.missing, path: "/d")) { try object.member("d") }
        #expect(throws: JSONError(.unexpectedMember, offset: 0)) { try object.finish() }
        #expect(try object.member("b").integer() == 2)
        #expect(throws: JSONError(.unexpectedMember, offset: 0)) { try object.finish() }
        #expect(try object.member("c").array().map { try $0.bool() } == [true])
        #expect(throws: Never.self) { try object.finish() }
    }

    @Test func `an error names the path to its value`() throws {
        var object = try read(#"{"x":0,"a/b~":[0,{"c":[[],"text"]}]}"#).object()
        var inner = try object.member("a/b~").array()[1].object()
        let value = try inner.member("c").array()[1]
        #expect(value.path == "/a~1b~0/1/c/1")
        #expect(throws: JSONError(.wrongKind(expected: .number), path: "/a~1b~0/1/c/1", offset: 27))
        {
            try value.integer()
        }
        #expect(throws: JSONError(.missing, path: "/a~1b~0/1/z")) { try inner.member("z") }
        #expect(try read("{}").path == "")
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("1.50", "1.5"), ("1e2", "100"), ("1E-2", "0.01"),
        ("-12.5e1", "-125"),
        ("340282366920938463463374607431768211455", "340282366920938463463374607431768211455"),
        ("0.1", "0.1"), ("1e127", "1" + String(repeating: "0", count: 127)),
        ("0e99999999999999999999", "0"),
        ("1e-128", "0." + String(repeating: "0", count: 127) + "1"),
    ])
    func `decimals are exact`(text: String, canonical: String) throws {
        let decimal = try read(text).decimal()
        var json = JSONWriter()
        try json.decimal(decimal)
        #expect(String(decoding: json.bytes, as: UTF8.self) == canonical)
        #expect(decimal == Decimal(string: canonical))
        #expect(decimal.hashValue == Decimal(string: canonical)?.hashValue)
    }

    @Test(arguments: [
        "340282366920938463463374607431768211456", "1234567890123456789012345678901234567891",
        "1e128",
        "1e-129", "1e99999999999999999999", "1e-99999999999999999999",
        "0." + String(repeating: "0", count: 9_999) + "1e10000",
    ])
    func `a decimal that would have to be rounded is refused`(text: String) {
        #expect(throws: JSONError.self) {
            try JSONReader(limits: .standard).read([UInt8](text.utf8)).decimal()
        }
    }

    @Test func `integers are 64 bits, without fraction or exponent`() throws {
        #expect(try read("-9223372036854775808").integer() == .min)
        #expect(throws: JSONError.self) { try read("9223372036854775808").integer() }
        #expect(throws: JSONError.self) { try read("1.0").integer() }
        #expect(throws: JSONError.self) { try read("1e0").integer() }
    }

    @Test func `an error shows nothing of the text`() {
        let texts = [#"{"name":"Rossi","name":1}"#, #"["Rossi" x]"#, #"{"a":"Rossi"}"#]
        for text in texts {
            do {
                var object = try read(text).object()
                _ = try object.member("a").integer()
                Issue.record("\(text) was read")
            } catch {
                #expect(!"\(error)\(String(reflecting: error))".contains("Rossi"))
            }
        }
    }
}
