/// The products and what their labels allow: data, versioned, each row with its source.
public struct Formulary: Sendable {
    public let version: String
    public let products: [Product]
    public let rows: [DosingRow]
    public let preparations: [PreparationRule]
    /// What needs are reckoned by.
    public let needs: IronNeedTables
    private let productsByKey: [ProductKey: Product]
    private let rowsByID: [DosingRowID: DosingRow]

    /// Keys and ids must be unique, and every row a product names must exist; anything else is a bug.
    public init(
        version: String, products: [Product], rows: [DosingRow], preparations: [PreparationRule],
        needs: IronNeedTables
    ) {
        self.version = version
        self.products = products
        self.rows = rows
        self.preparations = preparations
        self.needs = needs
        productsByKey = Dictionary(uniqueKeysWithValues: products.map { ($0.key, $0) })
        rowsByID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        for product in products {
            for id in product.rows {
                precondition(
                    rowsByID[id] != nil, "\(product.key) names the row \(id), which is missing")
            }
        }
    }

    public func product(_ key: ProductKey) -> Product? { productsByKey[key] }
    public func row(_ id: DosingRowID) -> DosingRow? { rowsByID[id] }
    /// The row, if the product's label holds it.
    public func row(_ id: DosingRowID, of key: ProductKey) -> DosingRow? {
        guard let product = productsByKey[key], product.rows.contains(id) else { return nil }
        return rowsByID[id]
    }
    /// How the product is diluted.
    public func preparation(of key: ProductKey) -> PreparationRule? {
        productsByKey[key]?.preparation.flatMap { id in preparations.first { $0.id == id } }
    }
    public func rows(of key: ProductKey) -> [DosingRow] {
        productsByKey[key]?.rows.compactMap { rowsByID[$0] } ?? []
    }
}
