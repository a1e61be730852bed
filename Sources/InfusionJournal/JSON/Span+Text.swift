extension Span<UInt8> {
    /// Whether the bytes at `range` are the UTF-8 of `text`. Every member's name and every code
    /// that is read comes by here; comparing collections instead took a sixth of all reading.
    func spells(_ text: String, at range: Range<Int>) -> Bool {
        let wanted = text.utf8Span.span
        guard wanted.count == range.count else { return false }
        for offset in 0..<wanted.count where self[range.lowerBound + offset] != wanted[offset] {
            return false
        }
        return true
    }
}
