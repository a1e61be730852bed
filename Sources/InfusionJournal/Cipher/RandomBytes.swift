/// Where nonces and new keys come from. An input like the time: the edge passes ``system``, tests a
/// fixed sequence.
public struct RandomBytes: Sendable {
    private let generate: @Sendable (_ count: Int) -> [UInt8]

    /// - Parameter generate: returns exactly `count` bytes that nobody can foresee and that never
    ///   repeat: a nonce used twice under one key gives both plaintexts away.
    public init(_ generate: @escaping @Sendable (_ count: Int) -> [UInt8]) {
        self.generate = generate
    }

    /// The operating system's generator.
    public static let system = RandomBytes { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        // Eight bytes a turn, for each turn is a system call.
        while bytes.count < count {
            let word = generator.next()
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return [UInt8](bytes.prefix(count))
    }

    func callAsFunction(_ count: Int) -> [UInt8] {
        let bytes = generate(count)
        precondition(
            bytes.count == count, "A source of random bytes returned another number of them.")
        return bytes
    }
}
