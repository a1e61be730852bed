/// When a visit may start, minutes from the first day's midnight.
public enum VisitTiming: Hashable, Sendable {
    /// Asked for: a start from `earliest` to `latest`; waiting counts from `ready`, also where that has
    /// passed.
    case requested(earliest: Int, ready: Int, latest: Int)
    /// Told to the patient: the start, and how far it may be moved, minutes.
    case promised(start: Int, earlier: Int, later: Int)
    /// The patient is in the chair.
    case started(start: Int, chair: String)
}
