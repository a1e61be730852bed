/// Names that predicates carry and that code elsewhere looks for.
public enum PredicateName {
    /// The override that let a gate be passed; its evidence is the override's event.
    public static let override = "override"
    /// The milligrams of the fullest seven dates that hold a dose.
    static let ironInSevenDates = "iron-in-7-dates"
    /// An override that was given and counts no more, and why; its evidence is the override's event and what
    /// has come since. See ``OverrideVoid``.
    public static let voidOverride = "earlier-override"
}
