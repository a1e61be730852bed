/// What an answer about a site did not look at, since nobody has told it: not found to be fine, and not found
/// to be against anything. The names are what answers carry, for ever.
public enum UnjudgedMatter: String, Hashable, Sendable, CaseIterable {
    /// The site has never planned a shift: neither nurses nor who can treat anaphylaxis are known.
    case staff
}
