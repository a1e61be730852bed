import InfusionApplication
import InfusionWire

/// A visit that was refused, and where there is room for it.
struct RefusedVisit: Error {
    let error: ApplicationError
    let alternatives: OpeningsAnswer
}

extension Problem {
    /// With the openings that are nearest to what was asked for.
    func with(alternatives: OpeningsAnswer) -> Problem {
        with("alternatives", alternatives.alternatives)
    }
}
