/// What a site calls a closure, an opening, an outage or a shift of its own: 1 to 64 visible ASCII
/// characters, unique among those of its kind, and used once.
public struct SiteEntryID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let name: String
    public init(_ name: String) { self.name = name }
    public static func < (left: SiteEntryID, right: SiteEntryID) -> Bool { left.name < right.name }
    public var description: String { name }
}

/// Who is on a shift, by a code of the site's own that says nothing of the person: 1 to 16 visible ASCII
/// characters. The log keeps it for ever, so it is no name and no number that others know.
public struct StaffCode: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public init(_ text: String) { self.text = text }
    public var description: String { text }
}

/// The kinds of a site's entries.
public enum SiteEntryKind: String, Hashable, Sendable, CaseIterable {
    case closure, opening, outage, shift, delivery
}
