/// Something said under one name, once or several times over in one file.
struct Said<Name: Hashable & Sendable, Value: Hashable & Sendable>: Sendable {
    let name: Name
    /// What every row says; `nil` where they differ. Which of them is right, no order of rows tells.
    let value: Value?
    let locations: [RowLocation]

    /// One of these for each name, in the order of their first rows.
    static func grouping(
        _ rows: [Located<Value>], by name: (Value) -> Name
    ) -> [Said] {
        var order: [Name] = []
        var byName: [Name: [Located<Value>]] = [:]
        for row in rows {
            let name = name(row.value)
            if byName[name] == nil { order.append(name) }
            byName[name, default: []].append(row)
        }
        return order.map { name in
            let rows = byName[name] ?? []
            let values = Set(rows.map(\.value))
            return Said(
                name: name, value: values.count == 1 ? values.first : nil,
                locations: rows.map(\.location))
        }
    }
}
