/// What can be seen of a text without reading it: where strings, keys, numbers and commas stand.
/// Right for every text by the grammar; of others it sees what it sees, which is good enough,
/// because those are refused whatever it says.
struct TextShape {
    /// Commas with nothing but white space before the bracket that closes.
    private(set) var trailingCommas: [Int] = []
    /// The keys of each object between their quotes.
    private(set) var objects: [[Range<Int>]] = []
    /// Each number that stands for itself, with no letter or sign beside it.
    private(set) var numbers: [Range<Int>] = []

    init(_ bytes: [UInt8]) {
        /// The objects and arrays that are open; `nil` for an array.
        var open: [Int?] = []
        var comma: Int?
        var string: Range<Int>?
        var index = 0
        while index < bytes.count {
            let start = index
            index += 1
            switch bytes[start] {
            case 0x20, 0x0A, 0x0D, 0x09: continue
            case UInt8(ascii: "\""):
                index = TextShape.quote(bytes, from: index)
                string = start + 1..<min(index, bytes.count)
                index += 1
                comma = nil
                continue
            case UInt8(ascii: ":"):
                if let string, let object = open.last, let object { objects[object].append(string) }
            case UInt8(ascii: "{"):
                open.append(objects.count)
                objects.append([])
            case UInt8(ascii: "["): open.append(nil)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let comma { trailingCommas.append(comma) }
                _ = open.popLast()
            case UInt8(ascii: ","):
                comma = start
                string = nil
                continue
            case let byte where TextShape.isOfWord(byte):
                while index < bytes.count, TextShape.isOfWord(bytes[index]) { index += 1 }
                if ExactDecimal(bytes[start..<index]) != nil { numbers.append(start..<index) }
            default: break
            }
            comma = nil
            string = nil
        }
    }

    /// The quote that ends the string which begins at `start`, or the end of the text.
    private static func quote(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.count)
    }

    /// Letters too: what a number is grown together with is no number.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
