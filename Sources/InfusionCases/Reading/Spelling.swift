/// Which of the known words somebody may have meant.
enum Spelling {
    /// All of them, those first that take the fewest letters to come to; of several as near, in their order.
    static func nearest(to word: String, of known: [String]) -> [String] {
        known.enumerated().map { (distance($0.element, word), $0.offset, $0.element) }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// Letters to put in, to leave out or to change (Levenshtein).
    private static func distance(_ one: String, _ other: String) -> Int {
        let letters = Array(other)
        var row = Array(0...letters.count)
        for (number, letter) in one.enumerated() {
            var next = [number + 1]
            for (place, met) in letters.enumerated() {
                let changed = row[place] + (letter == met ? 0 : 1)
                next.append(min(changed, row[place + 1] + 1, next[place] + 1))
            }
            row = next
        }
        return row[letters.count]
    }
}
