/// How often a clinic day goes otherwise than planned, each with its source.
public struct SimulationRates: Hashable, Sendable {
    /// A share, 0 to 1, and where it comes from.
    public struct Rate: Hashable, Sendable {
        public let name: String
        public let share: Double
        public let source: String
    }

    public let noShow: Rate
    public let sameDayCancel: Rate
    public let late: Rate
    public let overRun: Rate
    public let mildReaction: Rate
    public let moderateReaction: Rate

    /// Minutes; engineering defaults.
    static let lateMinutes = 5...40
    static let overRunMinutes = 5...30
    /// Facts §5.3: a mild reaction stops the infusion for at least 15 minutes, and the rest runs at half
    /// its rate; a moderate one usually ends it.
    static let watchMinutes = 15
    /// A moderate reaction's patient is treated and watched (ED).
    static let treatmentMinutes = 60

    public var all: [Rate] {
        [noShow, sameDayCancel, late, overRun, mildReaction, moderateReaction]
    }

    public static let standard = SimulationRates(
        noShow: Rate(
            name: "no-show", share: 0.09,
            source: "facts §9.2: 9 %, radiation-oncology consults, another setting"),
        sameDayCancel: Rate(
            name: "cancelled that day", share: 0.05,
            source: "facts §9.2: 91 of 1,667 in a unit of 44 chairs"),
        late: Rate(name: "late by 5 to 40 minutes", share: 0.25, source: "engineering default"),
        overRun: Rate(
            name: "infusion runs over by 5 to 30 minutes", share: 0.2,
            source: "engineering default"),
        mildReaction: Rate(
            name: "mild reaction: stop, watch 15 minutes, rest at half rate", share: 0.02,
            source: "engineering default; what follows: facts §5.3"),
        moderateReaction: Rate(
            name: "moderate reaction: ended, treated for an hour", share: 0.003,
            source: "engineering default; what follows: facts §5.3"))
}
