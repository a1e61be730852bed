import Foundation
import Infusion
import InfusionKnowledge

/// What is made of some doses, for people: volumes to a tenth of a millilitre, bounds never outside the
/// label's.
struct DosesToMake {
    /// Each with what it is called.
    private let doses: [(name: String, making: DoseMaking)]

    init(_ doses: [(name: String, making: DoseMaking)]) { self.doses = doses }

    /// A table of the doses, and then each thing once that is said of several.
    func render() -> String {
        var table = Table("dose", "amount", "product", "diluent", "at least", "vials", "left over")
        for (name, making) in doses {
            table.add(
                name, "\(making.amount)", "\(making.volume.toTenth(.plain))", making.diluentText,
                making.timesText, making.vials?.text ?? "unknown",
                making.vials?.leftOver.description ?? "unknown")
        }
        var lines: [String] = []
        for (name, making) in doses {
            lines += making.lines(of: "dose \(name)").filter { !lines.contains($0) }
        }
        return ([table.render()] + lines).joined(separator: "\n")
    }
}

extension DoseMaking {
    fileprivate var diluentText: String {
        switch preparation {
        case .failure: "unknown"
        case .success(let preparation) where preparation.rule.diluents.isEmpty: "undiluted"
        case .success(let preparation): preparation.diluentText ?? "not named"
        }
    }

    fileprivate var timesText: String {
        times.map { time in
            "\(time.route.rawValue) \(time.minutes.map { "\($0) min" } ?? "without a time")"
        }.joined(separator: ", ")
    }

    /// What the table has no room for.
    fileprivate func lines(of name: String) -> [String] {
        var lines: [String] = []
        if amount != unrounded { lines.append("\(name): rounded from \(unrounded) to whole vials") }
        switch preparation {
        case .failure(let reason): lines.append("\(name): \(reason.sentence)")
        case .success(let preparation): lines += preparation.rule.lines
        }
        if let first { lines.append("\(name): \(first.text)") }
        lines.append("\(observationMinutes) min of observation, and until clinically stable")
        return lines
    }
}

extension Preparation {
    /// `nil` where the label names no volume.
    fileprivate var diluentText: String? {
        guard let diluent else { return nil }
        var least = diluent.lowerBound.toTenth(.up)
        var most = diluent.upperBound.toTenth(.down)
        if least > most { (least, most) = (diluent.lowerBound, diluent.upperBound) }
        if isUpperBoundOpen {
            return (least > .zero ? "\(least) to " : "") + "less than \(diluent.upperBound)"
        }
        if least == most { return "\(least)" }
        return least > .zero ? "\(least) to \(most)" : "up to \(most)"
    }
}

extension PreparationRule {
    fileprivate var lines: [String] {
        let mixture = diluents.map(\.rawValue).joined(separator: " or ")
        let stands = stabilityHours.map { ", may stand for \($0) h" } ?? ""
        return ["\(id): \(diluents.isEmpty ? "undiluted" : mixture)\(stands); \(source.line)"]
            + notes.map { "\(id): \($0)" }
    }
}

extension FirstPortion {
    fileprivate var text: String {
        let portion = "\(amount) (\(volume.toTenth(.plain)))"
        switch kind {
        case .testDose where rest == .zero: return "it is the test dose; then \(minutes) min"
        case .testDose: return "first a test dose of \(portion), \(minutes) min later \(rest)"
        case .slowStart: return "the first \(portion) over \(minutes) min, then \(rest)"
        }
    }
}

extension VialCount {
    fileprivate var text: String {
        opened.map { "\($0.count) × \($0.vial.size)" }.joined(separator: " + ")
    }
}
