import Faults
import Infusion
import YAMLReader

/// A formulary out of its YAML form, which `docs/formulary.md` describes.
enum FormularyReader {
    /// - Parameter shipped: The tables of the needs that a file has which leaves them out; `nil` for the file
    ///   that is shipped itself.
    static func read(
        _ root: YAMLValue, otherwise shipped: IronNeedTables?
    ) throws(YAMLProblems) -> Formulary {
        var file = try root.mapping(accepted: "a formulary: format, version, products, rows")
        try file.required("format").knowledgeFormat()
        let (version, lists, _) = try allRead(
            reading(try file.required("version").knowledgeVersion()),
            reading(try lists(&file, shipped)),
            reading(try file.finish()))
        try lists.check()
        return Formulary(
            version: version, products: lists.products.map(\.value), rows: lists.rows.map(\.value),
            preparations: lists.preparations.map(\.value), needs: lists.needs)
    }

    /// The three lists and the tables; what is wrong in any of them is told at once.
    private static func lists(
        _ file: inout YAMLMapping, _ shipped: IronNeedTables?
    ) throws(YAMLProblems) -> Lists {
        let tables = reading(try needs(&file, shipped))
        let heartFailure = (try? tables.get())?.heartFailure ?? shipped?.heartFailure
        let (needs, preparations, rows, products) = try allRead(
            tables, reading(try file.optional("preparations")?.list(PreparationReader.read) ?? []),
            reading(
                try file.required("rows").list { (value) throws(YAMLProblems) in
                    try DosingRowReader.read(value, heartFailure)
                }),
            reading(try ProductReader.readAll(try file.required("products"))))
        return Lists(products: products, rows: rows, preparations: preparations, needs: needs)
    }

    private static func needs(
        _ file: inout YAMLMapping, _ shipped: IronNeedTables?
    ) throws(YAMLProblems) -> IronNeedTables {
        guard let shipped else {
            return try NeedTablesReader.read(try file.required("needs"), otherwise: nil)
        }
        guard let value = file.optional("needs") else { return shipped }
        return try NeedTablesReader.read(value, otherwise: shipped)
    }

    private struct Lists {
        let products: [Placed<Product>]
        let rows: [Placed<DosingRow>]
        let preparations: [Placed<PreparationRule>]
        let needs: IronNeedTables

        /// What one entry says of another.
        func check() throws(YAMLProblems) {
            var problems =
                repeated(products.map { ($0.value.key.name, $0.place) }, "key")
                + repeated(rows.map { ($0.value.id.name, $0.place) }, "id")
                + repeated(preparations.map { ($0.value.id.name, $0.place) }, "id")
            let known = Dictionary(
                rows.map { ($0.value.id, $0.value) }, uniquingKeysWith: { first, _ in first })
            let mixtures = Set(preparations.map(\.value.id))
            for product in products {
                for id in product.value.rows {
                    problems += problem(of: id, known[id], in: product)
                }
                if let id = product.value.preparation, !mixtures.contains(id) {
                    problems +=
                        product.place.problem(
                            "names the preparation \(id), which is not in the file"
                        ).all
                }
            }
            let named = Set(products.flatMap(\.value.rows))
            for row in rows where !named.contains(row.value.id) {
                problems += row.place.problem("\(row.value.id) is a row of no product").all
            }
            guard problems.isEmpty else { throw YAMLProblems(problems) }
        }

        private func repeated(_ ids: [(String, YAMLValue)], _ member: String) -> [YAMLProblem] {
            var seen: Set<String> = []
            return ids.filter { !seen.insert($0.0).inserted }.flatMap {
                $0.1.problem("has the \(member) \($0.0), which another one has").all
            }
        }

        private func problem(
            of id: DosingRowID, _ row: DosingRow?, in product: Placed<Product>
        ) -> [YAMLProblem] {
            guard let row else {
                return product.place.problem("names the row \(id), which is not in the file").all
            }
            guard row.moiety == product.value.moiety, row.region == product.value.region else {
                return product.place.problem(
                    "names the row \(id), which is of \(row.moiety.rawValue), \(row.region.rawValue)"
                ).all
            }
            return []
        }
    }
}
