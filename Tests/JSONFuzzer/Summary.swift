import Foundation
import JSONConformance

/// A run without findings as one line of JSON, for scripts to keep.
struct Summary: Encodable {
    let seed: UInt64
    let inputs: Int
    let bytes: Int
    let accepted: Int
    let deviations: [String: Int]
    let seconds: Double

    init(seed: UInt64, tally: Tally, duration: Duration) {
        self.seed = seed
        inputs = tally.inputs
        bytes = tally.bytes
        accepted = tally.accepted
        deviations = Dictionary(
            uniqueKeysWithValues: Deviation.allCases.map {
                ($0.rawValue, tally.deviations[$0] ?? 0)
            })
        seconds = (duration / .seconds(1) * 10).rounded() / 10
    }

    var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
