extension BinaryInteger {
    /// The number with what it counts: `1 row`, `2 rows`.
    /// - Parameter many: Of any number but one; by default with an `s`.
    func counted(_ one: String, _ many: String? = nil) -> String {
        "\(self) \(self == 1 ? one : many ?? one + "s")"
    }
}
