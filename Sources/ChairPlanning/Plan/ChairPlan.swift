/// Who sits where and when: a booking, or none, for each visit of an instance, in the instance's order.
public struct ChairPlan: Hashable, Sendable {
    public let bookings: [Booking?]

    public init(bookings: [Booking?]) { self.bookings = bookings }
}
