/// What one simulated day came to.
struct DayOutcome: Sendable {
    /// From arrival or the appointed start, whichever is later, to sitting down; minutes.
    var waits: [Int] = []
    /// Patients' minutes in chairs after regular hours.
    var overtimeMinutes = 0
    /// Of the chairs in regular hours: with a patient, and in all.
    var chairMinutesUsed = 0
    var chairMinutes = 0
    /// Came, and could not have left before closing.
    var turnedAway = 0
    /// Booked, and did not come.
    var absent = 0
    var lastLeaves = 0
}
