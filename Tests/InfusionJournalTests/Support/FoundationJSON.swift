import Foundation
import InfusionJournal

/// Compares what our reader understood with what Foundation understood.
enum FoundationJSON {
    static func isSame(_ ours: JSONTree, _ theirs: Any) -> Bool {
        switch ours {
        case .null: theirs is NSNull
        case .bool(let value): isBool(theirs) && (theirs as? Bool) == value
        case .number(let number): !isBool(theirs) && isSame(number, theirs)
        case .string(let text): (theirs as? String).map { isSame(text, $0) } ?? false
        case .array(let elements):
            (theirs as? [Any]).map { other in
                other.count == elements.count && zip(elements, other).allSatisfy { isSame($0, $1) }
            } ?? false
        case .object(let members): isSame(members, theirs)
        }
    }

    /// Scalar by scalar, but for U+FEFF, which Foundation takes for a byte order mark and drops
    /// wherever a run of text begins with it. We keep it: it is part of the text.
    private static func isSame(_ ours: String, _ theirs: String) -> Bool {
        withoutMarks(ours).unicodeScalars.elementsEqual(withoutMarks(theirs).unicodeScalars)
    }

    private static func withoutMarks(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{FEFF}" }))
    }

    /// Foundation's keys compare by canonical equivalence, ours by code unit: where two of ours are
    /// one of theirs, the members cannot be told apart there and are not looked at.
    private static func isSame(_ members: [JSONTree.Member], _ theirs: Any) -> Bool {
        guard let other = theirs as? [String: Any] else { return false }
        let keys = Set(members.map { withoutMarks($0.key) })
        guard keys.count == members.count else { return other.count <= members.count }
        guard other.count == members.count else { return false }
        let values = Dictionary(
            uniqueKeysWithValues: other.map { (withoutMarks($0.key), $0.value) })
        return members.allSatisfy { member in
            values[withoutMarks(member.key)].map { isSame(member.value, $0) } ?? false
        }
    }

    /// Foundation keeps most numbers as a `Double` and the rest as a `Decimal`; ours is the text.
    private static func isSame(_ ours: JSONNumber, _ theirs: Any) -> Bool {
        guard let number = theirs as? NSNumber, let double = Double(ours.text) else { return false }
        if number.doubleValue == double { return true }
        let difference = abs(number.doubleValue - double)
        return difference <= abs(double) * 1e-15
    }

    private static func isBool(_ value: Any) -> Bool {
        String(describing: type(of: value)).contains("Boolean")
    }
}
