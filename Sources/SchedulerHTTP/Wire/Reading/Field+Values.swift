import Faults
import Foundation
import Infusion
import InfusionWire

extension Field where Value == String {
    /// Text of so many characters, none of them a control character.
    static func text(_ lengths: ClosedRange<Int>) -> Field {
        string("text of \(lengths.lowerBound) to \(lengths.upperBound) characters") { text in
            let isPrintable = text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
            }
            return lengths.contains(text.count) && isPrintable
                && text.utf8.count <= lengths.upperBound * 4
                ? text : nil
        }
    }

    /// A name that a clinic or the formulary gave: visible ASCII without white space.
    static func name(_ lengths: ClosedRange<Int>) -> Field {
        string("\(lengths.lowerBound) to \(lengths.upperBound) visible ASCII characters") { text in
            lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                ? text : nil
        }
    }
}

extension Field where Value == Decimal {
    /// A number, kept as the decimal it was written as.
    static let decimal: Field = {
        let accepted = "a number of at most \(ExactDecimal.digitsMaximum) digits"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .number(let text) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard let decimal = ExactDecimal.parse(text) else {
                throw FieldProblems(pointer, "has too many digits", accepted: accepted)
            }
            return decimal
        }
    }()
}

extension Field where Value == Instant {
    static let instant = string(RFC3339.accepted) { RFC3339.parse($0) }
}

extension Field where Value == CalendarDate {
    static let date = string("a date, YYYY-MM-DD") { CalendarDate($0) }
}

extension Field {
    static func id<Subject>(_ type: Identifier<Subject>.Type = Identifier<Subject>.self) -> Field
    where Value == Identifier<Subject> {
        string("a UUID") { Identifier<Subject>($0) }
    }
}

extension Field where Value == SiteID {
    static let site = Field<SiteID>.string("1 to 64 of a-z, 0-9 and -") { text in
        let isName = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
        }
        return (1...64).contains(text.utf8.count) && isName ? SiteID(text) : nil
    }
}

extension Field where Value == ChairID {
    static let chair = Field<ChairID>.string("1 to 64 visible ASCII characters") { text in
        let isName = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return (1...64).contains(text.utf8.count) && isName ? ChairID(text) : nil
    }
}
