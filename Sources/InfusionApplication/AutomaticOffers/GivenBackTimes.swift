import EventStore
import Infusion
import InfusionProjections

/// Times of a site that booked visits had and may have no more, followed by position. Whether one was given
/// back, and what of it is still free, the calendar says when it is asked.
struct GivenBackTimes: Sendable {
    struct Time: Sendable {
        let freed: FreedSlot
        /// What of it the time stands for: where two gave back the same, the later one stands for it.
        let span: TimeSpan
    }

    private(set) var reached: Position
    /// Of the rows that it is made of: another one says that they were all made again by a rebuild.
    let generation: Int
    /// A visit that was moved twice gave two times back. With the event that took each from it, the last one.
    private var times: [FreedSlot: Position] = [:]
    /// The time that a visit has, or has used, by the revision that says so.
    private var has: [AppointmentID: (slot: AppointmentSlot, opened: Position)] = [:]

    init(after position: Position, generation: Int) {
        reached = position
        self.generation = generation
    }

    /// The last that was given back first.
    var all: [Time] {
        var all: [Time] = []
        let given = times.filter { has[$0.key.visit]?.slot != $0.key.slot }.sorted {
            ($0.value, $0.key.slot.start) > ($1.value, $1.key.slot.start)
        }
        for freed in given.map(\.key) {
            guard let span = TimeSpan(from: freed.slot.start, until: freed.slot.end) else {
                continue
            }
            let later = all.filter { $0.freed.slot.sharesChair(with: freed.slot) }.map(\.span)
            all += TimeSpans([span]).subtracting(TimeSpans(later)).all.map {
                Time(freed: freed, span: $0)
            }
        }
        return all
    }

    /// - Parameters:
    ///   - rows: In the order of their last change.
    ///   - isWhole: Whether nothing changed after them. Otherwise the last position is read again: not all
    ///     of its rows need be among them.
    mutating func apply(_ rows: [AppointmentRow], isWhole: Bool) {
        for row in rows {
            let id = row.appointment
            guard let closed = row.closed else {
                has[id] = row.status.keepsTime ? (row.slot, row.opened) : nil
                continue
            }
            // The next revision may be one of another site, and not be among these.
            if has[id]?.opened == row.opened { has[id] = nil }
            guard row.status.isAgreed else { continue }
            let freed = FreedSlot(visit: id, slot: row.slot)
            times[freed] = max(times[freed] ?? closed, closed)
        }
        guard let last = rows.last?.changed else { return }
        reached = isWhole ? last : Position(last.value - 1)
    }

    /// Nothing before the instant, and nothing that was given back up to the position, is offered any more.
    mutating func forget(endedBy now: Instant, givenBackBy position: Position) {
        times = times.filter { $0.key.slot.end > now && $0.value > position }
        has = has.filter { $0.value.slot.end > now }
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

    /// What an early discharge leaves is given back by nobody.
    fileprivate var keepsTime: Bool {
        switch self {
        case .pending, .booked, .arrived, .checkedIn, .fulfilled: true
        case .cancelled, .noshow: false
        }
    }
}
