/// How much is left of things of which there are so many in each unit of time. For each thing, a row, the
/// binary digits of all units lie side by side, so that a whole stretch is counted down or up at once.
struct Capacity<let words: Int>: Sendable {
    private struct Row {
        /// Where its words begin: first those of the units at which nothing is left, then, word by word,
        /// the digits, the lowest first.
        let first: Int
        let digits: Int
    }

    private let rows: [Row]
    private var bits: [UInt64]

    /// - Parameters:
    ///   - rows: What there is, by row and unit.
    ///   - most: Never more than so many are taken; it saves digits.
    init(_ capacities: [[Int]], most: Int) {
        var rows: [Row] = []
        var first = 0
        for capacity in capacities {
            let largest = min(most, capacity.max() ?? 0)
            let row = Row(first: first, digits: Int.bitWidth - largest.leadingZeroBitCount)
            rows.append(row)
            first += words * (row.digits + 1)
        }
        self.rows = rows
        bits = Array(repeating: 0, count: first)
        for (row, capacity) in capacities.enumerated() { set(row, capacity) }
    }

    /// Begins again with so many in each unit.
    mutating func set(_ number: Int, _ capacity: [Int]) {
        let row = rows[number]
        let largest = 1 << row.digits - 1
        func set(_ place: Int, _ unit: Int, _ isSet: Bool) {
            let bit: UInt64 = 1 << UInt64(unit & 63)
            if isSet { bits[place] |= bit } else { bits[place] &= ~bit }
        }
        for (unit, count) in capacity.enumerated() {
            set(row.first + unit >> 6, unit, count == 0)
            let lowest = row.first + words + (unit >> 6) * row.digits
            for digit in 0..<row.digits {
                set(lowest + digit, unit, min(count, largest) >> digit & 1 != 0)
            }
        }
    }

    /// The units at which nothing is left.
    func none(_ row: Int) -> TimeMask<words> { TimeMask(bits, from: rows[row].first) }

    /// What is left in a unit.
    func left(_ number: Int, _ unit: Int) -> Int {
        let row = rows[number]
        let lowest = row.first + words + (unit >> 6) * row.digits
        return (0..<row.digits).reduce(0) {
            $0 + Int(bits[lowest + $1] >> UInt64(unit & 63) & 1) << $1
        }
    }

    /// Takes one in each of the units; there is one.
    mutating func take(_ row: Int, from unit: Int, length: Int) {
        count(rows[row], from: unit, length, flipped: 0)
    }

    /// Gives one back in each of the units.
    mutating func giveBack(_ row: Int, from unit: Int, length: Int) {
        count(rows[row], from: unit, length, flipped: ~0)
    }

    /// Becomes what another is that was made for the same.
    mutating func copy(_ other: Self) {
        bits.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: other.bits) }
    }

    /// Adds or subtracts one, digit by digit: it is carried where the digit is what `flipped` is.
    @inline(__always)
    private mutating func count(_ row: Row, from unit: Int, _ length: Int, flipped: UInt64) {
        let end = unit &+ length
        var from = unit
        bits.withUnsafeMutableBufferPointer { bits in
            while from < end {
                let word = from &>> 6
                let next = min(end, (word &+ 1) &<< 6)
                let touched = (~0 &>> UInt64(64 &- (next &- from))) &<< UInt64(from & 63)
                var carried = touched
                var any: UInt64 = 0
                let lowest = row.first &+ words &+ word &* row.digits
                for digit in lowest..<(lowest &+ row.digits) {
                    let before = bits[digit]
                    let after = before ^ carried
                    bits[digit] = after
                    any |= after
                    carried &= before ^ ~flipped
                }
                let none = row.first &+ word
                bits[none] = bits[none] & ~touched | ~any & touched
                from = next
            }
        }
    }
}
