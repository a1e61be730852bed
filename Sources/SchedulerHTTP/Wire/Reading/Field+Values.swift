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

extension Field where Value == Bool {
    static let boolean = Field("true or false") { (value, pointer) throws(FieldProblems) in
        guard case .bool(let flag) = value else {
            throw FieldProblems(pointer, "is \(value.kind)", accepted: "true or false")
        }
        return flag
    }
}

extension Field where Value == Int {
    static func integer(_ range: ClosedRange<Int>) -> Field {
        let accepted = "an integer from \(range.lowerBound) to \(range.upperBound)"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .number(let text) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard let number = Int(text), range.contains(number) else {
                throw FieldProblems(pointer, "is not valid", accepted: accepted)
            }
            return number
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

    /// One of a closed set, by its name on the wire.
    static func oneOf(_ names: [(String, Value)]) -> Field where Value: Sendable {
        let byName = Dictionary(names, uniquingKeysWith: { first, _ in first })
        return string(names.map(\.0).joined(separator: ", ")) { byName[$0] }
    }

    /// One of an enumeration's cases, by raw value.
    static func oneOf(_ type: Value.Type) -> Field
    where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
        oneOf(Value.allCases.map { ($0.rawValue, $0) })
    }

    static func object(_ type: Value.Type) -> Field where Value: WireBody {
        Field("an object") { (value, pointer) throws(FieldProblems) in
            try ObjectReader.read(type, from: value, at: pointer)
        }
    }

    /// So many values of one kind; all that is wrong with any of them is told at once.
    static func array<Element: Sendable>(
        of element: Field<Element>, count: ClosedRange<Int>
    ) -> Field where Value == [Element] {
        let accepted =
            "an array of \(count.lowerBound) to \(count.upperBound), each \(element.accepted)"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .array(let values) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard count.contains(values.count) else {
                throw FieldProblems(pointer, "has \(values.count) elements", accepted: accepted)
            }
            var elements: [Element] = []
            var problems: [FieldProblem] = []
            for (index, value) in values.enumerated() {
                do throws(FieldProblems) {
                    elements.append(try element.read(value, "\(pointer)/\(index)"))
                } catch {
                    problems.append(contentsOf: error.all)
                }
            }
            guard problems.isEmpty else { throw FieldProblems(problems) }
            return elements
        }
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
