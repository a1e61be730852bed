import Testing

@testable import ChairPlanning

@Suite("Levelled schedules")
struct LevelledTests {
    private let tuesday = 1_440

    @Test
    func `slots are spread over the starts there are, and none over the night`() {
        let day = Array(stride(from: 480, through: 500, by: 5))
        #expect(LevelledSlots(count: 3, starts: day, every: 5).minutes == [480, 490, 500])
        #expect(LevelledSlots(count: 1, starts: day, every: 5).minutes == [480])
        #expect(LevelledSlots(count: 0, starts: [], every: 5).minutes.isEmpty)
        // Between two starts as far as its share says; the one in the middle goes to the next morning.
        let both = day + day.map { tuesday + $0 }
        #expect(
            LevelledSlots(count: 5, starts: both, every: 5).minutes
                == [480, 491, 502, tuesday + 488, tuesday + 500])
    }

    @Test
    func `two days get as many starts each, at even distances`() throws {
        let days = [480, tuesday + 480].map {
            DayHours(opens: $0, overtimeFrom: $0 + 480, closes: $0 + 540)
        }
        let open = days.map { $0.opens..<$0.closes }
        let latest = tuesday + 1_020
        let instance = try PlanInstance(
            days: days,
            chairs: (1...4).map { Chair(id: "c\($0)", available: open) },
            nurses: (1...4).map { NurseOnShift(id: "n\($0)", shifts: open) },
            visits: (1...16).map {
                Clinic.visit("v\($0)", .requested(earliest: 480, ready: 480, latest: latest))
            })
        let starts = PlanBaseline.levelled.plan(instance).bookings.compactMap { $0?.start }.sorted()
        let byDay = [starts.filter { $0 < tuesday }, starts.filter { $0 >= tuesday }]
        #expect(byDay.map(\.count) == [8, 8])
        for starts in byDay {
            let distances = zip(starts.dropFirst(), starts).map { $0 - $1 }
            #expect(distances.allSatisfy { (60...65).contains($0) }, "\(distances)")
        }
    }
}
