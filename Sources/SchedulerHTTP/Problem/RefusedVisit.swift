import Infusion
import InfusionApplication
import InfusionWire

/// A visit that was refused, and where there is room for it.
struct RefusedVisit: Error {
    let error: ApplicationError
    let alternatives: [Opening]
}

extension Problem {
    /// With the openings that are nearest to what was asked for.
    func with(alternatives: [Opening]) -> Problem {
        with("alternatives", .list(alternatives, \.json))
    }
}
