/// A set of units of time: a bit each, `words` × 64 of them. Sets of starts are computed for a whole
/// day at once.
struct TimeMask<let words: Int>: Sendable {
    private var bits = InlineArray<words, UInt64>(repeating: 0)

    init() {}

    /// The bits of as many words of `bits`, from `first` on.
    init(_ bits: [UInt64], from first: Int) {
        for word in 0..<words { self.bits[word] = bits[first &+ word] }
    }

    var isEmpty: Bool {
        var any: UInt64 = 0
        for word in 0..<words { any |= bits[word] }
        return any == 0
    }

    func contains(_ unit: Int) -> Bool { bits[unit &>> 6] &>> UInt64(unit & 63) & 1 != 0 }

    mutating func insert(_ unit: Int) { bits[unit &>> 6] |= 1 &<< UInt64(unit & 63) }

    mutating func remove(_ unit: Int) { bits[unit &>> 6] &= ~(1 &<< UInt64(unit & 63)) }

    mutating func subtract(_ other: Self) {
        for word in 0..<words { bits[word] &= ~other.bits[word] }
    }

    /// The first member from `unit` on, or -1.
    func first(from unit: Int) -> Int {
        var word = unit &>> 6
        guard word < words else { return -1 }
        var rest = bits[word] & (~0 &<< UInt64(unit & 63))
        while rest == 0 {
            word &+= 1
            guard word < words else { return -1 }
            rest = bits[word]
        }
        return word &<< 6 | rest.trailingZeroBitCount
    }

    /// The starts from which `length` units, beginning `offset` after the start, meet a member.
    func meeting(offset: Int, length: Int) -> Self {
        var met = self
        var covered = 1
        while covered &<< 1 <= length {
            met.uniteEarlier(covered)
            covered &<<= 1
        }
        if covered < length { met.uniteEarlier(length &- covered) }
        if offset > 0 { met.moveEarlier(offset) }
        return met
    }

    /// Adds to each member the unit `distance` before it.
    private mutating func uniteEarlier(_ distance: Int) {
        let whole = distance &>> 6
        let part = UInt64(distance & 63)
        // From the first word on, those after it are still what they were.
        if whole == 0 {
            for word in 0..<(words &- 1) {
                bits[word] |= bits[word] &>> part | Self.carried(bits[word &+ 1], part)
            }
            bits[words &- 1] |= bits[words &- 1] &>> part
            return
        }
        for word in 0..<words { bits[word] |= earlier(word, whole, part) }
    }

    private mutating func moveEarlier(_ distance: Int) {
        let whole = distance &>> 6
        let part = UInt64(distance & 63)
        for word in 0..<words { bits[word] = earlier(word, whole, part) }
    }

    private func earlier(_ word: Int, _ whole: Int, _ part: UInt64) -> UInt64 {
        let from = word &+ whole
        guard from < words else { return 0 }
        let next: UInt64 = from &+ 1 < words ? bits[from &+ 1] : 0
        return bits[from] &>> part | Self.carried(next, part)
    }

    /// The low bits of the next word, where `part` bits were moved out; none for no bits.
    private static func carried(_ word: UInt64, _ part: UInt64) -> UInt64 {
        (word &<< 1) &<< (63 &- part)
    }
}
