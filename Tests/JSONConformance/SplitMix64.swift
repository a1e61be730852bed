/// The same numbers for the same seed and index, on every machine: one input can be made again
/// without those before it.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, index: UInt64) {
        state = SplitMix64.mixed(seed &+ 1) ^ SplitMix64.mixed(~index)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return SplitMix64.mixed(state)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SplitMix64 {
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
