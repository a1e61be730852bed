import ChairPlanning
import Faults
import InfusionWire

/// Reads the bookings of a plan in JSON, whoever wrote it: of what else an answer holds nothing is asked.
enum BookingsFile {
    static func read(_ path: String, of instance: PlanInstance) throws -> ChairPlan {
        try PlanFile.read(path) { try plan($0, of: instance) }
    }

    /// - Throws: ``JSONError``, or ``FieldProblems`` with all that is wrong.
    static func plan(_ bytes: [UInt8], of instance: PlanInstance) throws -> ChairPlan {
        var root = try ObjectReader(try JSON(reading: bytes), at: "")
        let visits = index("a visit of the instance", instance.visits.map(\.id))
        let chairs = index("a chair of the instance", instance.chairs.map(\.id))
        let booking = Field<PlacedBooking>("a booking") { (value, pointer) throws(FieldProblems) in
            var reader = try ObjectReader(value, at: pointer)
            let (visit, chair, start) = try allRead(
                reading(try reader.required("visit", visits)),
                reading(try reader.required("chair", chairs)),
                reading(try reader.required("start", .planMinute)))
            return PlacedBooking(
                visit: visit, booking: Booking(chair: chair, start: start), pointer: pointer)
        }
        let found = try root.required(
            "bookings", .array(of: booking, count: 0...PlanningLimits.visits.upperBound))
        var bookings = [Booking?](repeating: nil, count: instance.visits.count)
        _ = try found.allRead { (placed) throws(FieldProblems) in
            guard bookings[placed.visit] == nil else {
                throw FieldProblems(
                    JSONPointer.member(placed.pointer, "visit"), "is booked twice",
                    accepted: "each visit once")
            }
            bookings[placed.visit] = placed.booking
        }
        return ChairPlan(bookings: bookings)
    }

    /// Where it stands in the instance.
    private static func index(_ accepted: String, _ ids: [String]) -> Field<Int> {
        let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        return .planned(text: accepted) { places[$0] }
    }
}

/// A booking, and where it was read.
private struct PlacedBooking {
    let visit: Int
    let booking: Booking
    let pointer: String
}
