import Foundation
import InfusionJournal
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
    @Test func `text has one spelling: no space, the shortest escapes`() throws {
        var json = JSONWriter()
        json.beginObject()
        json.key("a\"b")
        json.string("\u{0}\u{8}\t\n\u{c}\r\u{1f}\"\\/é😀\u{2028}")
        json.key("n")
        json.beginArray()
        json.integer(.min)
        json.null()
        json.bool(true)
        try json.decimal(Decimal(sign: .minus, exponent: -3, significand: 12_500))
        json.beginObject()
        json.endObject()
        json.endArray()
        json.key("z")
        json.number(try #require(JSONNumber("1.50e+2")))
        json.endObject()
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"a\"b":"\u0000\b\t\n\f\r\u001f\"\\/é😀"# + "\u{2028}"
                + #"","n":[-9223372036854775808,null,true,-12.5,{}],"z":1.50e+2}"#)
    }

    @Test func `whatever is read can be written, and is then the same for both readers`() throws {
        var random = RandomJSON(seed: 7)
        for _ in 0..<5_000 {
            guard let tree = try? JSONTree(JSONReader().read(random.text())) else { continue }
            var json = JSONWriter()
            json.tree(tree)
            #expect(try JSONTree(JSONReader().read(json.bytes)) == tree)
            let theirs = try JSONSerialization.jsonObject(
                with: Data(json.bytes), options: [.fragmentsAllowed])
            let isSame = FoundationJSON.isSame(tree, theirs)
            #expect(isSame)
        }
    }

    @Test func `what is written is read as the same value`() throws {
        var random = RandomValues(seed: 13)
        for _ in 0..<2_000 {
            let (text, key, decimal, integer, flag) = (
                random.text(), random.text(), random.decimal(), Int64(random.integer()),
                random.flag()
            )
            var json = JSONWriter()
            json.beginObject()
            json.key(key)
            json.beginArray()
            json.string(text)
            try json.decimal(decimal)
            json.integer(integer)
            json.bool(flag)
            json.null()
            json.endArray()
            json.endObject()
            let members = try JSONReader().read(json.bytes).object().members()
            #expect(
                members.map(\.key.unicodeScalars).map(Array.init) == [Array(key.unicodeScalars)])
            let values = try #require(members.first).value.array()
            #expect(try Array(values[0].string().unicodeScalars) == Array(text.unicodeScalars))
            #expect(try values[1].decimal() == decimal)
            #expect(try values[2].integer() == integer)
            #expect(try values[3].bool() == flag)
            #expect(values[4].isNull && values.count == 5)
        }
    }

    @Test func `what Foundation writes is read as Foundation means it`() throws {
        var random = RandomValues(seed: 11)
        for _ in 0..<2_000 {
            let object: [String: Any] = [
                "k" + random.text(): random.text(), "i": random.integer(), "b": random.flag(),
                "n": NSNull(),
                "a": [random.text(), random.flag()],
            ]
            let data = try JSONSerialization.data(withJSONObject: object)
            let tree = try JSONTree(JSONReader().read([UInt8](data)))
            let theirs = try JSONSerialization.jsonObject(with: data)
            let isSame = FoundationJSON.isSame(tree, theirs)
            #expect(isSame)
            #expect(tree["b"] == .bool(object["b"] as? Bool == true))
        }
    }

    @Test func `only numbers by the grammar are numbers`() {
        #expect(JSONNumber("1e5") != nil)
        for text in ["", "01", "1.", "NaN", "1 ", "+1", "0x1"] {
            #expect(JSONNumber(text) == nil, "\(text)")
        }
        var json = JSONWriter()
        #expect(throws: JSONError.self) { try json.decimal(.nan) }
    }

    @Test func `a tree's members are replaced in place, added last, and taken out`() {
        var tree = JSONTree.object([.init("a", .null), .init("b", .bool(true))])
        tree["a"] = .string("x")
        tree["c"] = .number(JSONNumber(1))
        tree["b"] = nil
        tree["d"] = nil
        #expect(tree == .object([.init("a", .string("x")), .init("c", .number(JSONNumber(1)))]))
        #expect(tree["b"] == nil)
        var text = JSONTree.string("x")
        text["a"] = .null
        #expect(text == .string("x"))
    }
}
