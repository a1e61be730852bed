extension SiteDay {
    /// What the site's staff can take on in a quarter of an hour.
    struct Allowed: Hashable, Sendable {
        var starts = 0
        var patients = 0
        /// Whether somebody who can treat anaphylaxis is there for all of it.
        var isCovered = false
    }

    /// By the fewest who are there in the quarter. One that is not wholly within what the day shows has
    /// nobody.
    func allowed(in quarter: QuarterHour) -> Allowed {
        guard let first = staffing.first, let last = staffing.last,
            first.span.from <= quarter.start, quarter.end <= last.span.until
        else { return Allowed() }
        var (nurses, resuscitation) = (Int.max, Int.max)
        for step in staffing where step.span.from < quarter.end && quarter.start < step.span.until {
            nurses = min(nurses, step.nurses)
            resuscitation = min(resuscitation, step.resuscitation)
        }
        return Allowed(
            starts: nurses * limits[.startsPerNurse], patients: nurses * limits[.patientsPerNurse],
            isCovered: resuscitation > 0)
    }
}
