extension SiteRefusal {
    /// What is wrong this time, in a line for people. Names only what the site calls its own.
    public var text: String {
        switch self {
        case .siteNotOpened: "the site has not been opened"
        case .siteAlreadyOpened(let zone): "the site is opened already, in \(zone)"
        case .invalidValue(let field, let problem, let accepted):
            "\(field) \(problem); accepted: \(accepted)"
        case .chairNotFound(let chair, let accepted):
            "the site has no chair \(chair); it has: \(accepted.joined(separator: ", "))"
        case .chairRetired(let chair, let date): "the chair \(chair) is retired from \(date) on"
        case .hoursNotFound(let date): "no hours begin on \(date)"
        case .entryNotFound(let kind, let id): "the site has no \(kind.rawValue) \(id)"
        case .entryWithdrawn(let kind, let id):
            "the \(kind.rawValue) \(id) was withdrawn; a name is used once"
        case .staffOnOtherShift(let code, let shift):
            "\(code) is on the shift \(shift) at that time"
        case .missingFromPlan(let chairs, let hours):
            "in the log and not in the plan: "
                + (chairs.map { "the chair \($0)" } + hours.map { "the hours from \($0)" })
                .joined(separator: ", ") + "; name them, as retired or withdrawn"
        }
    }
}
