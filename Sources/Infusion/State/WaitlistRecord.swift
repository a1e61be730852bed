/// A visit that waits, or waited, for a time.
public struct WaitlistRecord: Hashable, Sendable {
    public internal(set) var request: WaitlistRequest
    public internal(set) var priority: WaitlistPriority
    public let enteredAt: Instant
    public let version: EventVersion
    /// What was offered so far, in the order of the stream.
    public internal(set) var offers: [Kept<WaitlistOffer>] = []
    public internal(set) var left: Kept<WaitlistLeft.Reason>?

    init(_ entry: WaitlistEntry, at: Instant, version: EventVersion) {
        request = entry.request
        priority = entry.priority
        enteredAt = at
        self.version = version
    }

    public var order: OrderID { request.order }
}

extension PatientState {
    /// What the order waits for now; `nil` if it is not on the list.
    public func waiting(_ order: OrderID) -> WaitlistRecord? {
        waitlist.last { $0.order == order && $0.left == nil }
    }

    /// The held visit that the entry was offered last, with until when it is good: nobody has answered, and
    /// whether it ran out meanwhile is for whoever asks.
    public func openOffer(
        of entry: WaitlistRecord
    ) -> (appointment: AppointmentRecord, until: Instant)? {
        guard entry.left == nil, let offer = entry.offers.last?.value,
            let appointment = appointment(offer.appointment),
            case .held(let until) = appointment.status
        else { return nil }
        return (appointment, until)
    }

    mutating func enter(_ entry: WaitlistEntry, at: Instant) {
        waitlist.append(WaitlistRecord(entry, at: at, version: version))
    }

    mutating func change(_ entry: WaitlistEntry) {
        update(waiting: entry.request.order) {
            $0.request = entry.request
            $0.priority = entry.priority
        }
    }

    mutating func keep(_ offer: WaitlistOffer, at: Instant) {
        let kept = Kept(offer, effectiveAt: at, version: version)
        update(waiting: offer.order) { $0.offers.append(kept) }
    }

    mutating func leave(_ left: WaitlistLeft, at: Instant) {
        let reason = Kept(left.reason, effectiveAt: at, version: version)
        update(waiting: left.order) { $0.left = reason }
    }

    private mutating func update(
        waiting order: OrderID, _ change: (inout WaitlistRecord) -> Void
    ) {
        guard
            let index = waitlist.lastIndex(where: { $0.order == order && $0.left == nil })
        else { return }
        change(&waitlist[index])
    }
}
