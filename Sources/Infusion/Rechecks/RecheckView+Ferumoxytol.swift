/// R16: the label asks for a panel a month after the second dose of ferumoxytol.
extension RecheckView {
    func ferumoxytol() -> RecheckOutcome {
        let doses = picture.administered.filter { $0.moiety == .ferumoxytol }
        guard let last = doses.last, let anchor = anchor(last),
            doses.filter({ $0.order == last.order }).count >= 2
        else { return .nothing }
        let tests = Self.ironPanel.union([.iron])
        return respond(
            .ferumoxytol, to: anchor, tests: tests, reason: "panel-after-second-dose",
            urgency: hemoglobinUrgency, predicates: { _ in hemoglobinUrgencyPredicates },
            window: { _ in windows.ferumoxytol })
    }
}
