/// What a patient may wish of a visit's time.
public enum PatientWish: String, Hashable, Sendable, CaseIterable {
    case weekdays, hours, transport

    /// What it costs an opening not to meet it, in days of waiting. No source fixes how much a wish
    /// may delay iron: an engineering default. Who cannot come without transport does not come at
    /// all.
    var days: Int {
        switch self {
        case .weekdays: 5
        case .hours: 5
        case .transport: 10
        }
    }
}

/// The times that suit a patient. They rank, and rule out nothing.
public struct PatientWishes: Hashable, Sendable {
    /// Empty for all.
    public let weekdays: Set<Weekday>
    /// Within which the visit should begin.
    public let hours: ClockSpan?
    /// From when the patient can be brought to when the last journey home leaves: the whole visit
    /// should lie within.
    public let transport: ClockSpan?

    public init(
        weekdays: Set<Weekday> = [], hours: ClockSpan? = nil, transport: ClockSpan? = nil
    ) {
        self.weekdays = weekdays
        self.hours = hours
        self.transport = transport
    }

    func unmet(from: LocalTime, until: LocalTime) -> [PatientWish] {
        var unmet: [PatientWish] = []
        if !weekdays.isEmpty, !weekdays.contains(from.date.weekday) { unmet.append(.weekdays) }
        if let hours, !Self.contains(hours, from: from, until: from) { unmet.append(.hours) }
        if let transport, !Self.contains(transport, from: from, until: until) {
            unmet.append(.transport)
        }
        return unmet
    }

    /// Also a span that began the evening before.
    private static func contains(_ span: ClockSpan, from: LocalTime, until: LocalTime) -> Bool {
        [0, -1].contains { days in
            let period = span.period(on: from.date.adding(days: days))
            return period.from <= from && until <= period.until
        }
    }
}
