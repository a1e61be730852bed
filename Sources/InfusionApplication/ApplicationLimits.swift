import EventStore
import Infusion

/// Limits of the use cases, with their units.
public enum ApplicationLimits {
    /// How often a command is decided again when others for the same patient won; attempts.
    public static let decisionAttempts = 8
    /// Commands that may wait for one patient's earlier ones; commands.
    public static let waitingPerPatient = 256
    /// Patients of one tenant whose commands are decided and written at once in one process; patients.
    public static let patientsAtOnce = 64
    /// Patients of one tenant who may wait for that; patients.
    public static let patientsWaiting = 4_096
    /// Commands of one patient that are decided together and travel in one batch; commands.
    public static let commandsPerChain = 64
    /// What they may weigh, the patient's document with each: what one batch of the log takes; bytes.
    public static let bytesPerChain = EventLogLimits.bytesPerBatch
    /// Holds that have run out and give way to one booking; appointments.
    public static let holdsDisplaced = 16
    /// How long a time that was given back is offered to the wait list without a person; days.
    public static let givenBackDays = 31
    /// Between two looks through the wait list for them, where nothing has changed at the site; seconds.
    public static let offersLookSeconds: Int64 = 60
    /// Revisions of appointments read at once when such times are looked for; revisions.
    public static let givenBackPage = 2_000
    /// Entries of the wait list that are judged for one question about a time; patients.
    public static let offersJudged = 50
    /// Events read per page when a stream is loaded; events.
    public static let streamPage = 1_000
    /// Events in one stream before loading it is refused; events.
    public static let streamLength = 100_000
    /// Folded states kept in memory between commands; patients.
    public static let cachedPatients = 4_096
    /// Calendars of sites kept in memory for the search for openings; sites.
    public static let cachedCalendars = 64
    /// How far back a calendar kept in memory reaches: who is there still, and yesterday's night; hours.
    public static let calendarHoursBack: Int64 = 48
    /// How far ahead a calendar kept in memory reaches, which is as far as anybody books; days.
    public static let calendarHorizonDays = InfusionLimits.bookingHorizonDays
    /// Visits of one calendar before openings of its site are refused; appointments.
    public static let calendarVisits = 500_000
    /// Changes that are told to a calendar one by one; with more it is read anew; revisions.
    public static let calendarChanges = 2_000
    /// How often an answer is made again when the patient was changed meanwhile; attempts.
    public static let openingAttempts = 8
    /// Openings that a refused booking is told; openings.
    public static let alternatives = 5
    /// Openings of one date among them; openings.
    public static let alternativesPerDay = 3
    /// How far from the refused time they are looked for; days.
    public static let alternativeDays = 14
    /// Visits that no longer fit, named in the answer to the command that took it from them; appointments.
    public static let unfitVisitsNamed = 100
    /// Folded sites kept in memory between bookings; sites.
    public static let cachedSites = 256
    /// Events in one page of the feed; events.
    public static let feedPage = 1_000
    /// Entries in one page of a timeline; events.
    public static let timelinePage = 500
    /// Dates that a calendar is asked about; years.
    public static let calendarYears = 1900...2199
    /// Dates in one answer of the calendar; days.
    public static let calendarDays = 7
    /// Dates in one table of scheduled and actual times; days.
    public static let calendarTableDays = 31
    /// Past dates in a calendar feed; days.
    public static let feedDaysBack = 7
    /// Dates in a calendar feed from today on; days.
    public static let feedDaysAhead = 42
    /// Overrides in one page of their report; overrides.
    public static let overrideReportPage = 500
    /// Events of the log that are gone through for one page of it; events.
    public static let overrideReportEvents = 20_000
    /// Dates in one answer of a site's statistics; days.
    public static let utilizationDays = 366
}
