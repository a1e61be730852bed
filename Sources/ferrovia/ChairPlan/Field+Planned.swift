import ChairPlanning
import Faults
import InfusionWire

/// Values of the planner's files. What is not accepted is named: whoever is told wrote the file, and has it
/// before them. The API's fields name no value, since what it is sent may be a patient's.
extension Field where Value: Sendable {
    /// - Parameter parse: `nil` is a refusal.
    static func planned(
        _ accepted: String, _ parse: @escaping @Sendable (JSON) -> Value?
    ) -> Field {
        Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard let parsed = parse(value) else {
                throw FieldProblems(pointer, "is \(value.shown)", accepted: accepted)
            }
            return parsed
        }
    }

    static func planned(text accepted: String, _ parse: @escaping @Sendable (String) -> Value?)
        -> Field
    {
        planned(accepted) {
            guard case .string(let text) = $0 else { return nil }
            return parse(text)
        }
    }
}

extension Field where Value == Int {
    static func planned(_ range: ClosedRange<Int>) -> Field {
        planned("an integer from \(range.lowerBound) to \(range.upperBound)") {
            guard case .number(let text) = $0, let number = Int(text) else { return nil }
            return range.contains(number) ? number : nil
        }
    }

    /// From the first day's midnight.
    static let planMinute = planned(PlanningLimits.minutes)
}

extension Field where Value == Bool {
    static let planFlag = planned("true or false") {
        guard case .bool(let flag) = $0 else { return nil }
        return flag
    }
}

extension Field where Value == String {
    /// The name of a thing, or a tag.
    static let planName = planned(text: PlanningLimits.name) {
        PlanningLimits.isName($0) ? $0 : nil
    }
}

extension JSON {
    /// A value in one line of a message: so much of it that its place in a file can be found.
    var shown: String {
        switch self {
        case .number(let text): Self.short(text)
        case .string(let text): "\"\(Self.short(text))\""
        case .bool(let flag): "\(flag)"
        case .null, .array, .object: kind
        }
    }

    private static func short(_ text: String) -> String {
        let most = 40
        var shown = ""
        for scalar in text.unicodeScalars.prefix(most) {
            let isControl = scalar.properties.generalCategory == .control
            shown += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        return text.unicodeScalars.count > most ? "\(shown)…" : shown
    }
}
