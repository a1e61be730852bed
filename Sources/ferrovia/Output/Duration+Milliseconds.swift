extension Duration {
    /// Whole milliseconds, rounded up: what was held is never shown as nothing.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    }
}
