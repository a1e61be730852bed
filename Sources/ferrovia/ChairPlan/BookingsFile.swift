import ChairPlanning
import InfusionJournal

/// Reads the bookings of a plan in JSON, whoever wrote it.
enum BookingsFile {
    static func read(_ path: String, of instance: PlanInstance) throws -> ChairPlan {
        do {
            return try plan(try Files.read(path), of: instance)
        } catch let error as JSONError {
            throw Failure(error, of: path)
        }
    }

    static func plan(_ bytes: [UInt8], of instance: PlanInstance) throws -> ChairPlan {
        let visits = Dictionary(
            uniqueKeysWithValues: instance.visits.enumerated().map { ($1.id, $0) })
        let chairs = Dictionary(
            uniqueKeysWithValues: instance.chairs.enumerated().map { ($1.id, $0) })
        var bookings = [Booking?](repeating: nil, count: instance.visits.count)
        var root = try JSONReader().read(bytes).object()
        for element in try root.member("bookings").array() {
            var object = try element.object()
            let visit = try object.member("visit")
            let chair = try object.member("chair")
            let start = try object.member("start")
            guard let visitIndex = visits[try visit.string()], bookings[visitIndex] == nil else {
                throw visit.error(.invalid(expected: "a visit of the instance, once"))
            }
            guard let chairIndex = chairs[try chair.string()] else {
                throw chair.error(.invalid(expected: "a chair of the instance"))
            }
            let minute = try start.integer()
            guard PlanningLimits.minutes.contains(Int(clamping: minute)) else {
                throw start.error(.invalid(expected: "a minute of the instance"))
            }
            bookings[visitIndex] = Booking(chair: chairIndex, start: Int(minute))
        }
        return ChairPlan(bookings: bookings)
    }
}
