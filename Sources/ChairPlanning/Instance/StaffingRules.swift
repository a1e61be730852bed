/// What one nurse may be asked at once, and how late a visit may end.
public struct StaffingRules: Hashable, Sendable {
    /// Visits that may start in one quarter of an hour for each nurse on shift throughout it.
    public let startsPerNurse: Int
    /// Patients in chairs for each nurse on shift.
    public let patientsPerNurse: Int
    /// A visit ends so many minutes before closing, or earlier.
    public let bufferMinutes: Int

    public init(startsPerNurse: Int, patientsPerNurse: Int, bufferMinutes: Int) {
        self.startsPerNurse = startsPerNurse
        self.patientsPerNurse = patientsPerNurse
        self.bufferMinutes = bufferMinutes
    }

    /// Facts §9.2: at most 1 to 2 starts at once and 4 monitored for each nurse (ED); the last start
    /// leaves the chair time and 15 minutes before closing. A site that has set no limits has the same, so
    /// that what is planned by defaults can be booked.
    public static let standard = StaffingRules(
        startsPerNurse: 1, patientsPerNurse: 4, bufferMinutes: 15)
}
