import Foundation
import Infusion
import InfusionJournal

/// A number as a laboratory writes it: `12.5`, `<15`, `>= 1000`.
struct ReportedNumber {
    let comparator: Infusion.Comparator?
    let value: Decimal

    /// `nil` for anything that is not exactly a number.
    init?(_ text: String) {
        let comparator = [
            Infusion.Comparator.lessOrEqual, .greaterOrEqual, .lessThan, .greaterThan,
        ].first { text.hasPrefix($0.rawValue) }
        let digits = text.dropFirst(comparator?.rawValue.count ?? 0)
            .trimmingCharacters(in: .whitespaces)
        guard let value = Decimal(exactly: digits) else { return nil }
        self.comparator = comparator
        self.value = value
    }
}

extension Decimal {
    /// The exact value of a JSON number's text; `nil` for anything else.
    init?(exactly text: String) {
        guard JSONNumber(text) != nil,
            let value = try? JSONReader().read(Array(text.utf8)).decimal()
        else { return nil }
        self = value
    }
}
