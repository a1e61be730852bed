import Foundation
import InfusionJournal

/// Compares two values: strings scalar by scalar, numbers exactly.
struct Agreement {
    /// Whether Foundation's keys carry their ordinal; see ``Mending``.
    let hasOrdinals: Bool
    /// Where numbers could be compared as a `Double` only.
    private(set) var deviations: Set<Deviation> = []

    init(hasOrdinals: Bool) { self.hasOrdinals = hasOrdinals }

    /// What is unlike, or `nil`.
    mutating func difference(_ ours: Reading, _ theirs: FoundationValue) -> String? {
        switch (ours, theirs) {
        case (.null, .null): return nil
        case (.bool(let ours), .bool(let theirs)):
            return ours == theirs ? nil : "a boolean differs"
        case (.string(let ours), .string(let theirs)):
            return isSame(ours, theirs) ? nil : "a string differs"
        case (.number(let ours), .number(let decimal, let double, let integer)):
            return difference(ours, decimal, double, integer)
        case (.array(let ours), .array(let theirs)):
            guard ours.count == theirs.count else { return "the number of elements differs" }
            for (ours, theirs) in zip(ours, theirs) {
                if let difference = difference(ours, theirs) { return difference }
            }
            return nil
        case (.object(let ours), .object(let theirs)): return difference(ours, theirs)
        case (.null, _), (.bool, _), (.string, _), (.number, _), (.array, _), (.object, _):
            return "the kind differs"
        }
    }

    private mutating func difference(
        _ ours: [Reading.Member], _ theirs: [String: FoundationValue]
    ) -> String? {
        guard ours.count == theirs.count else { return "the number of members differs" }
        for (ordinal, member) in ours.enumerated() {
            let key = (hasOrdinals ? Mending.ordinal(ordinal) : "") + member.key
            guard let index = theirs.index(forKey: key), isSame(key, theirs[index].key) else {
                return "a key differs"
            }
            if let difference = difference(member.value, theirs[index].value) { return difference }
        }
        return nil
    }

    private mutating func difference(
        _ ours: Reading.Number, _ decimal: Decimal?, _ double: Double?, _ integer: Int64?
    ) -> String? {
        let text = ours.text.text.utf8
        guard let exact = ExactDecimal(text) else { return "a number is none" }
        guard (ours.decimal != nil) == exact.fitsDecimal else {
            return "a number is wrongly given or refused as a Decimal"
        }
        if Mending.isBeyondDouble(text) {
            return decimal == 0 ? nil : "a number beyond Double stands elsewhere"
        }
        guard ours.integer == (exact.isSpelledWhole ? integer : nil) else {
            return "an integer differs"
        }
        if let double, double != Double(ours.text.text) { return "a Double differs" }
        guard exact.fitsDecimal else {
            deviations.insert(.numberBeyondDecimal)
            return double == nil ? "a number cannot be compared" : nil
        }
        guard let decimal else {
            deviations.insert(.spellingBeyondDecimal)
            return exact.isSpelledBeyondDecimal && double != nil ? nil : "a Decimal is missing"
        }
        guard let theirs = ExactDecimal(decimal.description.utf8), exact.isSame(as: theirs),
            ours.decimal == decimal
        else { return "a Decimal differs" }
        return nil
    }

    private func isSame(_ ours: String, _ theirs: String) -> Bool {
        ours.unicodeScalars.elementsEqual(theirs.unicodeScalars)
    }
}
