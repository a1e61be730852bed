import Foundation

/// A visit of a kind, whoever it is for: all that its chair time follows from.
public enum KindOfVisit: Hashable, Sendable {
    /// - Parameters:
    ///   - row: Of the formulary; `nil` for the row of the product that takes longest over the dose, so
    ///     that the time is long enough whichever is ordered.
    ///   - isFirst: The patient would have the product for the first time, which takes longer.
    case iron(ProductKey, row: DosingRowID?, dose: Milligrams, isFirst: Bool)
    case redCells(units: Int)
}

/// What a kind of visit asks of a site.
struct KindOfVisitNeeds {
    let minutes: Int
    /// Whose time it is; `nil` for red cells.
    let row: DosingRowID?
    let dose: Milligrams?

    /// - Throws: A product or row that the formulary has not, a product that is not licensed where the site
    ///   is, and an amount that no visit gives.
    init(of kind: KindOfVisit, in context: DecisionContext) throws(Refusal) {
        switch kind {
        case .iron(let key, let row, let dose, let isFirst):
            let product = try Self.product(key, in: context.formulary)
            try product.requireLicensed(in: context.site.region)
            let asked = try Self.rows(row, of: product, in: context.formulary)
            let times = asked.filter { dose > .zero && $0.mostOfAnybody >= dose }.map { row in
                (
                    row: row.id,
                    minutes: ChairTime(of: product, by: row, dose: dose, isFirst: isFirst).minutes
                )
            }
            // Of equal times that of the row which the product names first.
            guard let longest = times.max(by: { $0.minutes < $1.minutes }) else {
                throw .invalidValue(
                    field: "dose", problem: "is \(dose)",
                    accepted: "more than 0 mg and at most "
                        + "\(asked.map(\.mostOfAnybody).max() ?? .zero)")
            }
            self.row = longest.row
            minutes = longest.minutes
            self.dose = dose
        case .redCells(let units):
            guard InfusionLimits.transfusionUnits.contains(units) else {
                throw .invalidValue(
                    field: "units", problem: "is \(units)",
                    accepted: "\(InfusionLimits.transfusionUnits.lowerBound) to "
                        + "\(InfusionLimits.transfusionUnits.upperBound) units")
            }
            guard let minutes = context.site.policy.transfusion.usualVisitMinutes(of: units) else {
                throw .invalidValue(
                    field: "units", problem: "is \(units)",
                    accepted: "as many as one visit has time for, "
                        + "\(InfusionLimits.appointmentMinutes.upperBound) minutes at most")
            }
            row = nil
            self.minutes = minutes
            dose = nil
        }
    }

    private static func product(
        _ key: ProductKey, in formulary: Formulary
    ) throws(Refusal) -> Product {
        guard let product = formulary.product(key) else {
            throw .unknownProduct(key, accepted: formulary.products.map(\.key.name))
        }
        return product
    }

    /// The row that was named, or all of the product.
    private static func rows(
        _ id: DosingRowID?, of product: Product, in formulary: Formulary
    ) throws(Refusal) -> [DosingRow] {
        let rows = product.rows.compactMap { formulary.row($0) }
        guard let id else {
            guard rows.isEmpty else { return rows }
            throw .invalidValue(
                field: "product", problem: "has no dosing row",
                accepted: formulary.products.filter { !$0.rows.isEmpty }.map(\.key.name)
                    .joined(separator: ", "))
        }
        guard let row = rows.first(where: { $0.id == id }) else {
            throw .unknownDosingRow(id, accepted: product.rows.map(\.name).sorted())
        }
        return [row]
    }
}

extension DosingRow {
    /// The most that one visit gives to anybody: to the heaviest patient where it goes by weight. Above it
    /// no label has a time, and the short one of an unprescribed infusion would be wrong.
    var mostOfAnybody: Milligrams {
        switch dose {
        case .flat(let most): most
        case .perKilogram(let amount, let cap):
            cap
                ?? Milligrams(amount * Decimal(InfusionLimits.weightKilograms.upperBound))
        case .schedule(let doses): doses.max() ?? .zero
        case .weightBands(let bands): bands.map(\.dose).max() ?? .zero
        case .heartFailureTable(let table): table.most
        }
    }
}

extension ClinicalPolicy.Transfusion {
    /// How long a visit for so many units may take its chair, min: the policy's shortest and longest for each
    /// of them (facts §9.1, V: 1–3 h a unit, and never more than 4 h), and no longer than any visit. `nil`
    /// for more units than a visit has time for.
    func visitMinutes(of units: Int) -> ClosedRange<Int>? {
        let most = Int(InfusionLimits.appointmentMinutes.upperBound)
        guard units * visitMinutesLowest <= most else { return nil }
        return units * visitMinutesLowest...min(units * visitMinutesHighest, most)
    }

    /// What it takes where nobody says, within those, min.
    func usualVisitMinutes(of units: Int) -> Int? {
        visitMinutes(of: units).map {
            min(max(ChairTime(transfusionOf: units).minutes, $0.lowerBound), $0.upperBound)
        }
    }
}
