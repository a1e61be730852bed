/// Names that predicates carry and that code elsewhere looks for.
public enum PredicateName {
    /// The override that let a gate be passed; its evidence is the override's event.
    public static let override = "override"
}
