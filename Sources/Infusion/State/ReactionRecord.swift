/// A reaction and every grade it was given.
public struct ReactionRecord: Hashable, Sendable {
    public let reaction: Reaction
    public let at: Instant
    public let version: EventVersion
    /// In the order the log learned them; never empty, the last one counts.
    public internal(set) var grades: [Kept<ReactionGrade>]

    init(_ reaction: Reaction, at: Instant, version: EventVersion) {
        self.reaction = reaction
        self.at = at
        self.version = version
        grades = [Kept(reaction.grade, effectiveAt: at, version: version)]
    }

    public var id: ReactionID { reaction.id }
    public var grade: ReactionGrade { grades[grades.count - 1].value }
    /// The events the present grade rests on.
    public var evidence: [EventVersion] {
        grades.count == 1 ? [version] : [version, grades[grades.count - 1].version]
    }
}
