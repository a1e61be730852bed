public import Faults
public import Foundation
import Yams

/// One value of a file, and where it stands.
public struct YAMLValue {
    private let node: Node
    /// `rows[3].dose`.
    public let path: String
    private let mark: Mark?
    private let reading: Reading

    init(_ node: Node, path: String, parent: Mark?, _ reading: Reading) {
        self.node = node
        self.path = path
        mark = node.mark ?? parent
        self.reading = reading
    }

    /// A problem at this place.
    public func problem(_ message: String) -> YAMLProblems {
        YAMLProblems(
            YAMLProblem(
                file: reading.file, line: mark?.line, column: mark?.column, path: path,
                message: message))
    }

    /// The value is another than it may be.
    public func invalid(accepted: String) -> YAMLProblems {
        problem("is \(shown); accepted: \(accepted)")
    }

    /// What was found, short enough for a message.
    private var shown: String {
        switch node {
        case .scalar(let scalar) where scalar.string.isEmpty: "empty"
        case .scalar(let scalar):
            scalar.string.count > 60
                ? "'\(scalar.string.prefix(60))…'" : "'\(scalar.string)'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    // MARK: Kinds

    public var isMapping: Bool { if case .mapping = node { true } else { false } }
    public var isList: Bool { if case .sequence = node { true } else { false } }

    /// The text of a scalar that is not empty, quoted or not.
    public func text(accepted: String = "text") throws(YAMLProblems) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw invalid(accepted: accepted)
        }
        return scalar.string
    }

    public func mapping(accepted: String = "a mapping") throws(YAMLProblems) -> YAMLMapping {
        guard case .mapping(let mapping) = node else { throw invalid(accepted: accepted) }
        try admit(mapping.count)
        var members: [(key: String, value: YAMLValue)] = []
        for (key, value) in mapping {
            guard case .scalar(let name) = key else {
                throw problem("has a key that is no text")
            }
            let path = path.isEmpty ? name.string : "\(path).\(name.string)"
            members.append((name.string, YAMLValue(value, path: path, parent: key.mark, reading)))
        }
        return YAMLMapping(self, members)
    }

    /// Every element read; what is wrong with any of them is told at once.
    public func list<Element>(
        accepted: String = "a list",
        _ read: (YAMLValue) throws(YAMLProblems) -> Element
    ) throws(YAMLProblems) -> [Element] {
        guard case .sequence(let sequence) = node else { throw invalid(accepted: accepted) }
        try admit(sequence.count)
        return try sequence.enumerated().allRead { (element) throws(YAMLProblems) in
            try read(
                YAMLValue(element.1, path: "\(path)[\(element.0)]", parent: mark, reading))
        }
    }

    private func admit(_ count: Int) throws(YAMLProblems) {
        guard reading.admit(count) else {
            throw problem("the file holds more than \(YAMLLimits.values) values")
        }
    }
}

extension YAMLValue {
    // MARK: Scalars

    public func bool() throws(YAMLProblems) -> Bool {
        switch try text(accepted: "true or false") {
        case "true", "yes": return true
        case "false", "no": return false
        case _: throw invalid(accepted: "true or false")
        }
    }

    public func integer(_ range: ClosedRange<Int>) throws(YAMLProblems) -> Int {
        let accepted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let number = Int(try text(accepted: accepted)), range.contains(number) else {
            throw invalid(accepted: accepted)
        }
        return number
    }

    /// A number as it is written, `0.5` or `1000`: no exponent, no grouping.
    public func decimal(accepted: String = "a number, such as 12.5") throws(YAMLProblems) -> Decimal
    {
        guard let number = Self.decimal(try text(accepted: accepted)) else {
            throw invalid(accepted: accepted)
        }
        return number
    }

    private static func decimal(_ text: String) -> Decimal? {
        guard text.wholeMatch(of: /-?[0-9]{1,15}(\.[0-9]{1,10})?/) != nil else { return nil }
        return Decimal(string: text, locale: nil)
    }

    /// A number and its unit, `750 mg`: the unit is never guessed.
    public func amount(in units: [String]) throws(YAMLProblems) -> (value: Decimal, unit: String) {
        let accepted = "a number and its unit, such as 10 \(units.joined(separator: " or "))"
        let text = try text(accepted: accepted)
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let number = Self.decimal(String(parts[0])),
            units.contains(String(parts[1]))
        else { throw invalid(accepted: accepted) }
        return (number, String(parts[1]))
    }

    public func amount(_ unit: String) throws(YAMLProblems) -> Decimal {
        try amount(in: [unit]).value
    }

    /// One of a closed set, by its name.
    public func oneOf<Value>(_ names: [(name: String, value: Value)]) throws(YAMLProblems) -> Value
    {
        let accepted = "one of " + names.map(\.name).joined(separator: ", ")
        let text = try text(accepted: accepted)
        guard let found = names.first(where: { $0.name == text }) else {
            throw invalid(accepted: accepted)
        }
        return found.value
    }

    /// One of an enumeration's cases, by its raw value.
    public func oneOf<Value>(_ type: Value.Type) throws(YAMLProblems) -> Value
    where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
        try oneOf(Value.allCases.map { ($0.rawValue, $0) })
    }
}
