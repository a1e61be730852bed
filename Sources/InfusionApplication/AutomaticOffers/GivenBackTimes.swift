import EventStore
import Infusion
import InfusionProjections

/// Times of a site that booked visits had and may have no more, followed by position. Whether one was given
/// back, and what of it is still free, the calendar says when it is asked.
struct GivenBackTimes: Sendable {
    struct Time: Sendable {
        let appointment: AppointmentID
        let slot: AppointmentSlot
        /// Of the event that took the time from the visit.
        let at: Position
    }

    private(set) var reached: Position
    /// Of the rows that it is made of: another one says that they were all made again by a rebuild.
    let generation: Int
    private var times: [AppointmentID: Time] = [:]

    init(after position: Position, generation: Int) {
        reached = position
        self.generation = generation
    }

    /// The last that was given back first: of two that overlap in one chair it stands for both.
    var all: [Time] {
        var all: [Time] = []
        for time in times.values.sorted(by: { $0.at > $1.at })
        where !all.contains(where: { $0.slot.sharesChair(with: time.slot) }) {
            all.append(time)
        }
        return all
    }

    /// - Parameters:
    ///   - rows: In the order of their last change.
    ///   - isWhole: Whether nothing changed after them. Otherwise the last position is read again: not all
    ///     of its rows need be among them.
    mutating func apply(_ rows: [AppointmentRow], isWhole: Bool) {
        for row in rows {
            guard let closed = row.closed, row.status.isAgreed,
                times[row.appointment].map({ $0.at < closed }) ?? true
            else { continue }
            times[row.appointment] = Time(
                appointment: row.appointment, slot: row.slot, at: closed)
        }
        guard let last = rows.last?.changed else { return }
        reached = isWhole ? last : Position(last.value - 1)
    }

    /// Nothing before the instant, and nothing that was given back up to the position, is offered any more.
    mutating func forget(endedBy now: Instant, givenBackBy position: Position) {
        times = times.filter { $0.value.slot.end > now && $0.value.at > position }
    }
}

extension AppointmentSlot {
    func sharesChair(with other: AppointmentSlot) -> Bool {
        site == other.site && chair == other.chair && start < other.end && other.start < end
    }
}

extension InfusionProjections.AppointmentStatus {
    /// Somebody agreed to it, and nothing has begun.
    fileprivate var isAgreed: Bool {
        switch self {
        case .booked, .arrived: true
        case .pending, .checkedIn, .fulfilled, .cancelled, .noshow: false
        }
    }
}
