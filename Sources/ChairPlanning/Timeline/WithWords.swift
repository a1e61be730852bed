/// Work on an occupancy of whatever width.
protocol WordsTask {
    associatedtype Answer
    func run<let words: Int>(_ empty: Occupancy<words>) -> Answer
}

/// Chooses the narrowest masks that hold a grid's units: two words for a clinic's day in steps of five
/// minutes, more for odd minutes or a week.
enum WithWords {
    static func of<Work: WordsTask>(_ grid: PlanGrid, _ task: Work) -> Work.Answer {
        switch (grid.unitCount + 63) / 64 {
        case ...2: task.run(Occupancy<2>(grid))
        case ...3: task.run(Occupancy<3>(grid))
        case ...6: task.run(Occupancy<6>(grid))
        case ...12: task.run(Occupancy<12>(grid))
        case ...24: task.run(Occupancy<24>(grid))
        case _: task.run(Occupancy<158>(grid))
        }
    }
}
