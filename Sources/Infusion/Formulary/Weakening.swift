/// A place where a site's formulary or pathways allow more than the label they stand for: never taken
/// into force.
public struct Weakening: Hashable, Sendable, CustomStringConvertible {
    /// A product's key, a row's id or the name of a number.
    public let entry: String
    /// The name of what is weaker, as the file has it.
    public let field: String
    public let problem: String

    public init(_ entry: String, _ field: String, _ problem: String) {
        self.entry = entry
        self.field = field
        self.problem = problem
    }

    public var description: String { "\(entry).\(field): \(problem)" }
}

extension Formulary {
    /// Every way in which this formulary is weaker than `label`, which is the one that is shipped. A
    /// site may leave products and rows out, may be stricter, and may add products and rows of its
    /// own: a row says that it is off-label and stays within the limits of some row of the label for
    /// the same iron and region, a product leaves out nothing that every such product of the label says.
    public func weakenings(against label: Formulary) -> [Weakening] {
        let ofRows = rows.flatMap { row -> [Weakening] in
            guard let known = label.row(row.id) else {
                return row.weakeningsOfItsOwn(against: label)
            }
            return RowComparison(row, label: known).weakenings
        }
        let ofProducts = products.flatMap { product -> [Weakening] in
            if let known = label.product(product.key) {
                return ProductComparison(product, label: known, in: label).weakenings
            }
            let found = label.products
                .filter { $0.moiety == product.moiety && $0.region == product.region }
                .map { ProductComparison(product, label: $0, in: label).weakenings }
            return found.min { $0.count < $1.count }
                ?? [
                    Weakening(
                        product.key.name, "moiety",
                        "no label of this iron in this region is known")
                ]
        }
        let ofPreparations = preparations.filter { mixture in
            label.preparations.contains { $0.id == mixture.id && $0 != mixture }
        }.map { Weakening($0.id.name, "preparations", "differs from the label's") }
        return ofRows + ofProducts + ofPreparations
            + NeedComparison(needs, label: label.needs).weakenings
    }
}

extension DosingRow {
    /// Of a row that the label does not have.
    fileprivate func weakeningsOfItsOwn(against label: Formulary) -> [Weakening] {
        var found: [Weakening] = []
        if !isOffLabel {
            found.append(
                Weakening(
                    id.name, "offLabel",
                    "the label has no such row; a row of the site's own says offLabel: true"))
        }
        let peers = label.rows.filter { $0.moiety == moiety && $0.region == region }
        let limits = peers.map { RowComparison(self, limitsOf: $0).weakenings }
        if let nearest = limits.min(by: { $0.count < $1.count }) {
            found += nearest
        } else {
            found.append(
                Weakening(id.name, "moiety", "no label of this iron in this region is known"))
        }
        return found
    }
}

/// A product against the label's own, or against one of the same iron and region.
private struct ProductComparison {
    let weakenings: [Weakening]

    init(_ product: Product, label: Product, in formulary: Formulary) {
        var found: [Weakening] = []
        func weaker(_ field: String, _ problem: String) {
            found.append(Weakening(product.key.name, field, problem))
        }
        if product.moiety != label.moiety || product.region != label.region {
            weaker("moiety", "is another iron or region than the label's")
        }
        if product.ironPerMilliliter != label.ironPerMilliliter {
            weaker("iron", "is not \(label.ironPerMilliliter) mg/mL")
        }
        if product.otherIronReaction.rank < label.otherIronReaction.rank {
            weaker("otherIronReaction", "is weaker than \(label.otherIronReaction.rawValue)")
        }
        if product.observationMinutes < label.observationMinutes {
            weaker("observation", "is shorter than \(label.observationMinutes) min")
        }
        if !product.testDose.isAtLeast(label.testDose) {
            weaker("testDose", "asks for less than the label")
        }
        for warning in label.boxedWarnings where !product.boxedWarnings.contains(warning) {
            weaker("boxedWarnings", "leaves out: \(warning)")
        }
        for text in label.contraindications where !product.contraindications.contains(text) {
            weaker("contraindications", "leaves out: \(text)")
        }
        for row in product.rows where formulary.row(row) != nil && !label.rows.contains(row) {
            weaker("rows", "names \(row), which this product's label does not hold")
        }
        weakenings = found
    }
}

extension OtherIronReactionRule {
    fileprivate var rank: Int {
        switch self {
        case .specialistAdvice: 0
        case .seriousBlocks: 1
        case .anyBlocks: 2
        }
    }
}

extension TestDoseRule {
    fileprivate func isAtLeast(_ label: TestDoseRule) -> Bool {
        switch (self, label) {
        case (_, .none): true
        case (.mandatory(let amount, let wait), .mandatory(let known, let minutes)):
            amount <= known && wait >= minutes
        case (.slowStart(let amount, let over), .slowStart(let known, let minutes)):
            amount >= known && over >= minutes
        case (.none, .mandatory), (.none, .slowStart), (.slowStart, .mandatory),
            (.mandatory, .slowStart):
            false
        }
    }
}
