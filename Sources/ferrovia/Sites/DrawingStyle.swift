import ArgumentParser
import Foundation
import Infusion

/// One character of a drawing.
struct DrawnCell: Hashable {
    let character: Character
    let color: DrawnColor?

    init(_ character: Character, _ color: DrawnColor? = nil) {
        self.character = character
        self.color = color
    }
}

/// A rendition of ECMA-48 that every terminal has.
enum DrawnColor: Int {
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
    case blue = 34
    case cyan = 36
}

/// How a day is drawn: how wide, in which characters, in color or not.
struct DrawingStyle {
    /// What a column may be worth; minutes, the finest first.
    private static let columnMinutes: [Int64] = [15, 30, 60]

    /// Characters of a line; `nil` for as many as a quarter of an hour a column takes.
    var width: Int?
    var isASCII = false
    var isColored = false

    /// From a full hour of the wall clock on, as fine as there is room for.
    func columns(
        from first: Instant?, until last: Instant?, clock: ZoneClock, besides names: Int
    ) -> ([Instant], minutes: Int64) {
        guard let first, let last else { return ([], Self.columnMinutes[0]) }
        let past = clock.localTime(of: first).time.minutes % 60
        let start = first.adding(minutes: -Int64(past))
        // Whole seconds are cut off, a part of a minute is not.
        let length = last.adding(seconds: 59).seconds(since: start) / 60
        let minutes =
            Self.columnMinutes.first { minutes in
                width.map { names + Int((length + minutes - 1) / minutes) <= $0 } ?? true
            } ?? Self.columnMinutes[Self.columnMinutes.count - 1]
        let columns = stride(from: 0, to: length, by: Int64.Stride(minutes)).map {
            start.adding(minutes: $0)
        }
        return (columns, minutes)
    }

    /// The cells with what the terminal needs around them.
    func text(_ cells: [DrawnCell]) -> String {
        guard isColored else { return plain(String(cells.map(\.character))) }
        var text = ""
        var color: DrawnColor?
        for cell in cells {
            if cell.color != color {
                if color != nil { text += "\u{1B}[0m" }
                if let next = cell.color { text += "\u{1B}[\(next.rawValue)m" }
                color = cell.color
            }
            text += plain(String(cell.character))
        }
        return color == nil ? text : text + "\u{1B}[0m"
    }

    /// In the characters that are wanted.
    func plain(_ text: String) -> String {
        guard isASCII else { return text }
        return String(
            text.map { character -> Character in
                switch character {
                case "█": "#"
                case "░": "%"
                case "·": "."
                case "━": "="
                case "╌": "-"
                default: character
                }
            })
    }
}

/// How the day is drawn on this terminal.
struct DrawingOptions: ParsableArguments {
    @Flag(help: "Draw in ASCII.") var ascii = false

    /// Color and the terminal's width only where there is one; NO_COLOR is respected.
    var style: DrawingStyle {
        let isTerminal = Console.outputIsTerminal
        return DrawingStyle(
            width: isTerminal ? Console.columns : nil, isASCII: ascii,
            isColored: isTerminal && Environment.value("NO_COLOR") == nil)
    }
}
