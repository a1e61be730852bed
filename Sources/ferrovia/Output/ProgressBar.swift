import Foundation
import Synchronization

/// A bar on the terminal for anything that takes longer than a second; silent where there is none.
final class ProgressBar: Sendable {
    private struct Moment {
        let started = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
    }
    /// How long to wait before the first drawing, and between two.
    private static let patience = Duration.seconds(1)
    private static let pause = Duration.milliseconds(100)
    private static let cells = 32

    private let label: String
    private let isShown: Bool
    private let moment = Mutex(Moment())

    init(_ label: String) {
        self.label = label
        isShown = Console.errorIsTerminal
    }

    func update(_ done: Int, of total: Int) {
        guard isShown, total > 0 else { return }
        let now = ContinuousClock.now
        let rate: Double? = moment.withLock { moment in
            let elapsed = now - moment.started
            guard elapsed > Self.patience else { return nil }
            if let drawn = moment.drawn, now - drawn < Self.pause, done < total { return nil }
            moment.drawn = now
            return Double(done) / (elapsed / .seconds(1))
        }
        guard let rate else { return }
        let filled = Self.cells * done / total
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.cells - filled)
        FileHandle.standardError.write(
            Data("\r\(label) \(bar) \(done)/\(total) \(Int(rate))/s\u{1B}[K".utf8))
    }

    /// Leaves the line clean for what follows.
    func finish() {
        guard isShown, moment.withLock({ $0.drawn != nil }) else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
