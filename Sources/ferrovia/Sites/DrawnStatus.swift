import InfusionApplication
import InfusionProjections

/// What a chair is kept for, as a drawing shows it: a letter where it begins, capital where the chair is or
/// was taken.
enum DrawnStatus: CaseIterable {
    case pending, booked, arrived, inChair, left, cancelled, missed, expired

    var letter: Character {
        switch self {
        case .pending: "P"
        case .booked: "B"
        case .arrived: "A"
        case .inChair: "C"
        case .left: "L"
        case .cancelled: "x"
        case .missed: "m"
        case .expired: "e"
        }
    }

    var meaning: String {
        switch self {
        case .pending: "held"
        case .booked: "booked"
        case .arrived: "arrived"
        case .inChair: "in the chair"
        case .left: "has left"
        case .cancelled: "cancelled"
        case .missed: "missed"
        case .expired: "hold expired"
        }
    }

    var takesChair: Bool {
        switch self {
        case .pending, .booked, .arrived, .inChair, .left: true
        case .cancelled, .missed, .expired: false
        }
    }

    /// What follows the letter.
    var rest: Character { takesChair ? "━" : "╌" }

    var color: DrawnColor {
        switch self {
        case .pending: .yellow
        case .booked: .cyan
        case .arrived: .blue
        case .inChair: .green
        case .left, .cancelled, .expired: .faint
        case .missed: .red
        }
    }
}

extension CalendarEntry {
    var drawn: DrawnStatus {
        if isExpired { return .expired }
        return switch status {
        case .pending: .pending
        case .booked: .booked
        case .arrived: .arrived
        case .checkedIn: .inChair
        case .fulfilled: .left
        case .cancelled: .cancelled
        case .noshow: .missed
        }
    }
}
