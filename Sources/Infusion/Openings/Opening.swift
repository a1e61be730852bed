/// A time at which a visit can begin, with the chair for it, and why it stands where it does.
public struct Opening: Hashable, Sendable {
    public let slot: AppointmentSlot
    /// The clinic-local date.
    public let date: CalendarDate
    /// Chairs that are free for the visit at that time; the slot's is the one whose free time it
    /// leaves the least of.
    public let chairsFree: Int
    public let rank: OpeningRank
    /// What has to be drawn before the visit, since it would be too old by then.
    public let freshLabs: FreshLabs?

    public init(
        slot: AppointmentSlot, date: CalendarDate, chairsFree: Int, rank: OpeningRank,
        freshLabs: FreshLabs?
    ) {
        self.slot = slot
        self.date = date
        self.chairsFree = chairsFree
        self.rank = rank
        self.freshLabs = freshLabs
    }
}

/// Why an opening stands where it does: the fewer points, the better.
public struct OpeningRank: Hashable, Sendable {
    /// Dates after the one on which the visit is clinically due; negative before it.
    public let daysFromDue: Int
    /// Wishes of the patient that it does not meet.
    public let unmet: [PatientWish]
    /// Of the patients that the site's nurses may watch, at the fullest quarter hour of the visit,
    /// %; `nil` where the site does not tell who is there.
    public let loadPercent: Int?
    /// Of waiting, wishes and load together; of what is nearest to a time, the minutes between.
    public let points: Int

    public init(daysFromDue: Int, unmet: [PatientWish], loadPercent: Int?, points: Int) {
        self.daysFromDue = daysFromDue
        self.unmet = unmet
        self.loadPercent = loadPercent
        self.points = points
    }
}
