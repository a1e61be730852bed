import Infusion

extension OpeningQuestion.Visit {
    /// `nil` for red cells, and where only minutes are asked for.
    func product(given state: PatientState?) -> ProductKey? {
        switch self {
        case .minutes: nil
        case .kind(.iron(let product, _, _, _)): product
        case .kind(.redCells): nil
        case .order(let id, _, _), .course(let id): state?.order(id)?.order.product
        }
    }

    var moving: AppointmentID? {
        switch self {
        case .order(_, let moving, _): moving
        case .minutes, .kind, .course: nil
        }
    }
}

extension DecisionContext {
    /// The same with the vials of a site.
    func with(_ stock: SiteStock?) -> DecisionContext {
        DecisionContext(
            now: now, site: site, formulary: formulary, actor: actor,
            visitPlace: visitPlace, visitSite: visitSite, stock: stock)
    }
}
