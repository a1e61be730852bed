/// What became of opening a log.
public enum TenantCreation: Hashable, Sendable {
    case created
    /// It was there already, under the same name.
    case exists
    /// It was there already, under another name.
    case idTaken
    /// The name belongs to another tenant.
    case nameTaken
}
