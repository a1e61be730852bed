/// What happens at a visit is held against its slot by instants: a visit of 23:45 begins at 00:05, and who comes at
/// 23:50 for 00:10 is not a day early.
extension AppointmentSlot {
    /// What can be a part of the visit, both ends included: ``InfusionLimits/visitHours`` before and after.
    private var around: ClosedRange<Instant> {
        let hours = InfusionLimits.visitHours
        return start.adding(hours: -hours)...end.adding(hours: hours)
    }

    /// Whether what happens at the instant can be a part of the visit.
    func isAround(_ instant: Instant) -> Bool { around.contains(instant) }

    /// When a visit cannot be that takes this one's place on the same occasion.
    var elsewhere: [TimeSpan] {
        [
            TimeSpan(
                from: Instant(microsecondsSinceUnixEpoch: .min), until: around.lowerBound),
            TimeSpan(
                from: around.upperBound, until: Instant(microsecondsSinceUnixEpoch: .max)),
        ].compactMap(\.self)
    }

    /// What is accepted, for a refusal.
    static let aroundText =
        "at most \(InfusionLimits.visitHours) h before the appointment begins or after it ends"
}
