/// A fact that nobody has recorded, told as a rule's own comparison would read it: the value that was
/// tried, what it is compared with, and the day it would be of.
public struct NewFact: Hashable, Sendable {
    /// What kind of fact it is, the easiest to come by first.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// Asked of the patient, or looked up in the chart.
        case answer
        /// Looked at when the patient has come.
        case chairsideCheck
        /// Weight.
        case measurement
        /// One laboratory result.
        case result
        /// Several results of one specimen.
        case panel
        /// A prescriber releases the order.
        case release
        /// A prescriber signs another order.
        case order
        /// Nothing but time: the day has come.
        case date
        /// A person takes responsibility for passing the gate.
        case override
        /// A person takes the row off the queue.
        case closure
    }

    public let code: Code
    /// What would be told, as predicates name it: `ferritin`, `active-infection`, …
    public let what: String
    /// The results it consists of; none for other kinds.
    public let analytes: [Analyte]
    /// The value that was tried, as exact text; `nil` where any will do.
    public let value: String?
    /// UCUM code, or `nil` for dates and codes.
    public let unit: String?
    /// As in ``Predicate``: `value comparison threshold` holds.
    public let comparison: String
    public let threshold: String
    /// The clinic-local date the fact would be of.
    public let on: CalendarDate

    public init(
        _ code: Code, _ what: String, _ value: String?, unit: String? = nil, _ comparison: String,
        _ threshold: String, analytes: [Analyte] = [], on date: CalendarDate
    ) {
        self.code = code
        self.what = what
        self.analytes = analytes
        self.value = value
        self.unit = unit
        self.comparison = comparison
        self.threshold = threshold
        on = date
    }

    /// The same in plain English, made from the members above and from nothing else.
    public var sentence: String {
        switch code {
        case .answer: "Told on \(on): \(what) \(comparison) \(threshold)."
        case .chairsideCheck: "Seen at the chair on \(on): \(what) \(measured)."
        case .measurement: "Measured on \(on): \(what) \(measured)."
        case .result, .panel:
            value == nil
                ? "Collected on \(on): \(what), whatever the value."
                : code == .panel
                    // The value names each result.
                    ? "Collected on \(on), of one specimen: \(measured)."
                    : "Collected on \(on): \(what) \(measured)."
        case .release: "A prescriber releases the order on \(on)."
        case .order: "A new order signed on \(on) would plan \(measured)."
        case .date: "Nothing but time: from \(on) on."
        case .override: "An override on \(on), signed by \(threshold)."
        case .closure: "A person closes the row on \(on), with a reason."
        }
    }

    /// `29 ng/mL (< 30)`.
    private var measured: String {
        let amount = [value, unit].compactMap(\.self).joined(separator: " ")
        return comparison == "=" && value == threshold
            ? amount : "\(amount) (\(comparison) \(threshold))"
    }
}
