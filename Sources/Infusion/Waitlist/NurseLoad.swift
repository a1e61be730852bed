/// How many visits begin, and how many patients are there, in each quarter hour of a site, whatever their
/// chairs.
public struct NurseLoad: Hashable, Sendable {
    private var starts: [QuarterHour: Int] = [:]
    private var patients: [QuarterHour: Int] = [:]

    /// - Parameter visits: All that take a chair and touch the quarter hours that are asked about.
    public init(of visits: some Sequence<AppointmentSlot>) {
        for slot in visits {
            starts[QuarterHour(holding: slot.start), default: 0] += 1
            for quarter in QuarterHour.touched(from: slot.start, until: slot.end) {
                patients[quarter, default: 0] += 1
            }
        }
    }

    /// The first of the takings that there is no room for.
    public func lacking(_ takings: [NurseTaking]) -> NurseTaking? {
        takings.first { count(of: $0) >= $0.allowed }
    }

    /// How many there are of what the taking is of.
    func count(of taking: NurseTaking) -> Int {
        switch taking.limit {
        case .starts: starts[taking.quarter] ?? 0
        case .patients: patients[taking.quarter] ?? 0
        }
    }
}
