public import EventStore
public import Infusion
public import InfusionJournal

/// Why the application did not do what it was asked. Refusals are the domain's no; the rest are the
/// request's or the world's.
public enum ApplicationError: Error, Sendable {
    /// The token lacks the scope.
    case forbidden(Scope)
    /// No such patient or site, or no such thing of any patient.
    case notFound(String)
    /// The domain says no; judged at this version and position.
    case refused(Refusal, version: StreamVersion, position: Position)
    /// A site's no; judged at this version and position.
    case siteRefused(SiteRefusal, version: StreamVersion, position: Position)
    /// `If-Match` named a version the patient, or the site, is past.
    case versionMismatch(expected: StreamVersion, current: StreamVersion)
    /// The idempotency key was used before for another request.
    case keyReused
    /// Other commands for the patient, or the site, kept winning; nothing was written, try again.
    case contended(attempts: Int)
    /// The chair, the patient or the nurses are taken at that time; the constraint's name says which, and of
    /// what is counted by quarter hours, in which one.
    case unavailable(constraint: String, quarter: QuarterHour? = nil)
    /// Another patient holds one of the identifiers.
    case identifierTaken
    case unknownSite(SiteID, accepted: [String])
    /// Nobody knows yet what will be known at a position behind the head of the log.
    case beyondTheHead(Position, head: Position)
    /// Nor what will be known then.
    case stillToCome(Timestamp, head: Position)
    /// The log or a projection could not answer.
    case store(EventLogError)
    /// A stored event could not be read: the patient's sequence is parked. Or one could not be stored, which
    /// is a fault of the program.
    case journal(JournalFailure)
    /// A patient's key could not be opened with the master keys at hand.
    case keys(KeyError)

    /// Nothing was ever decided about the site that is asked for; the same words wherever it is.
    public static let siteNeverOpened = ApplicationError.notFound(
        "site has been opened: `ferrovia site apply` opens one from a file")
}
