public import Infusion

extension OverrideCount {
    /// `2026-03`.
    public var monthText: String {
        String(CalendarDate(year: year, month: month, day: 1)?.description.prefix(7) ?? "")
    }

    public var json: JSON {
        [
            "month": .string(monthText), "gate": .name(gate), "given": .integer(given),
            "used": .integer(used), "expired": .integer(expired), "open": .integer(open),
        ]
    }
}
