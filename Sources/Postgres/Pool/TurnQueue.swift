/// Who waits, by turns: one of each party after another, and those of one party in the order in which
/// they came. However many of one party wait, the only one of another is next but a turn of each.
///
/// The places are shared likewise. When all are taken, whoever comes displaces the last of the party
/// that has most of them, as long as its own party has less than that one then keeps.
struct TurnQueue<Party: Hashable> {
    enum Admission: Equatable {
        case queued
        /// Somebody else has to go.
        case displacing(Int)
        case full
    }

    let places: Int
    private(set) var count = 0
    private var lines: [Party: [Int]] = [:]
    /// Each party that has somebody waiting, once; whose turn is next comes first.
    private var turns: [Party] = []

    init(places: Int) { self.places = places }

    var isEmpty: Bool { count == 0 }

    /// Everybody who waits, in no order.
    var everybody: [Int] { turns.flatMap { lines[$0, default: []] } }

    mutating func join(_ waiter: Int, of party: Party) -> Admission {
        guard count >= places else {
            enter(waiter, party)
            return .queued
        }
        guard let displaced = displace(for: party) else { return .full }
        enter(waiter, party)
        return .displacing(displaced)
    }

    /// Whose turn it is leaves.
    mutating func next() -> Int? {
        guard let party = turns.first, var line = lines[party] else { return nil }
        turns.removeFirst()
        let waiter = line.removeFirst()
        count -= 1
        if line.isEmpty {
            lines[party] = nil
        } else {
            lines[party] = line
            turns.append(party)
        }
        return waiter
    }

    /// Somebody gives up; false if they do not wait here.
    mutating func remove(_ waiter: Int) -> Bool {
        for party in turns {
            guard var line = lines[party], let index = line.firstIndex(of: waiter) else { continue }
            line.remove(at: index)
            count -= 1
            lines[party] = line.isEmpty ? nil : line
            if line.isEmpty { turns.removeAll { $0 == party } }
            return true
        }
        return false
    }

    mutating func removeAll() { self = TurnQueue(places: places) }

    private mutating func enter(_ waiter: Int, _ party: Party) {
        if lines[party] == nil { turns.append(party) }
        lines[party, default: []].append(waiter)
        count += 1
    }

    /// The one that came last of the party with most places, if that leaves it with no fewer than
    /// `party` then has. At least one of it stays, so its turn does too.
    private mutating func displace(for party: Party) -> Int? {
        let own = lines[party]?.count ?? 0
        let longest = turns.max { (lines[$0]?.count ?? 0) < (lines[$1]?.count ?? 0) }
        guard let longest, var line = lines[longest], line.count - 1 >= own + 1 else { return nil }
        let displaced = line.removeLast()
        lines[longest] = line
        count -= 1
        return displaced
    }
}
