import Testing

@testable import Postgres

@Suite struct `Turns` {
    /// Waiters are numbers; the hundreds say whose they are.
    func queue(places: Int = 1_000, _ waiters: [Int] = []) -> TurnQueue<Int> {
        var queue = TurnQueue<Int>(places: places)
        for waiter in waiters { _ = queue.join(waiter, of: waiter / 100) }
        return queue
    }

    @Test func `go round the parties, and within one of them by who came first`() {
        var queue = queue([101, 102, 103, 201, 301, 302])
        var order: [Int] = []
        while let waiter = queue.next() { order.append(waiter) }
        #expect(order == [101, 201, 301, 102, 302, 103])
        #expect(queue.isEmpty && queue.everybody.isEmpty)
    }

    @Test func `a newcomer waits for one of each other party, however many wait`() {
        var queue = queue(Array(100..<200) + Array(200..<300))
        _ = queue.next()
        _ = queue.join(301, of: 3)
        let next = (0..<3).map { _ in queue.next() }
        #expect(next == [200, 101, 301])
    }

    @Test func `whoever leaves takes no turn with them`() {
        var queue = queue([101, 102, 201])
        #expect(queue.remove(101) == true)
        #expect(queue.remove(101) == false)
        #expect(queue.remove(201) == true)
        #expect(queue.count == 1)
        #expect(queue.next() == 102)
        #expect(queue.next() == nil)
    }

    @Test func `the last place of the longest line goes to a party with fewer`() {
        var queue = queue(places: 4, [101, 102, 103, 201])
        #expect(queue.join(104, of: 1) == .full)
        #expect(queue.join(202, of: 2) == .displacing(103))
        // Two each: one more would only change who has more.
        #expect(queue.join(203, of: 2) == .full)
        #expect(queue.join(301, of: 3) == .displacing(102))
        #expect(queue.join(401, of: 4) == .displacing(202))
        #expect(queue.join(501, of: 5) == .full)
        #expect(queue.count == 4)
        #expect(queue.everybody.sorted() == [101, 201, 301, 401])
    }

    @Test func `where each party has but one place, nobody is displaced`() {
        var queue = queue(places: 2, [101, 201])
        #expect(queue.join(301, of: 3) == .full)
        #expect(queue.everybody.sorted() == [101, 201])
    }

    /// Against a model that knows nothing of rings: between two turns of a party, each party that waited
    /// all the while has had exactly one.
    @Test func `between two turns of a party each other that waits has one`() {
        var generator = SystemRandomNumberGenerator()
        var queue = queue(places: 60)
        var waiting: [Int: [Int]] = [:]
        /// Turns each party has had while the other waited without a break, since the other's last.
        var since: [Int: [Int: Int]] = [:]
        for waiter in 0..<20_000 {
            let party = Int.random(in: 0..<5, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                let isNew = waiting[party, default: []].isEmpty
                switch queue.join(waiter, of: party) {
                case .queued: waiting[party, default: []].append(waiter)
                case .displacing(let other):
                    let most = waiting.values.map(\.count).max()
                    let from = waiting.first { $0.value.contains(other) }
                    #expect(from?.value.last == other && from?.value.count == most)
                    waiting[from?.key ?? -1]?.removeLast()
                    waiting[party, default: []].append(waiter)
                case .full:
                    let most = waiting.values.map(\.count).max() ?? 0
                    #expect(most - 1 < waiting[party, default: []].count + 1)
                    continue
                }
                if isNew { since[party] = [:] }
            case 5..<9:
                guard let next = queue.next() else {
                    let somebody = waiting.values.contains { !$0.isEmpty }
                    #expect(!somebody)
                    continue
                }
                let served = waiting.first { $0.value.contains(next) }?.key ?? -1
                #expect(waiting[served]?.first == next)
                waiting[served]?.removeFirst()
                for (other, line) in waiting where other != served && !line.isEmpty {
                    since[other, default: [:]][served, default: 0] += 1
                    #expect(since[other]?[served] == 1, "party \(other) waits for a second turn")
                }
                since[served] = [:]
            default:
                let gone = waiting[party]?.randomElement(using: &generator)
                guard let gone else { continue }
                #expect(queue.remove(gone) == true)
                waiting[party]?.removeAll { $0 == gone }
            }
            #expect(queue.count == waiting.values.reduce(0) { $0 + $1.count })
        }
    }
}
