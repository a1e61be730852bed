internal import Postgres

extension NamedStatement {
    /// Binds values known only as a list: `$1`, `$2`… must stand in the text once each and in order.
    func binding(_ values: [any PostgresEncodable]) -> Query {
        var query = Query.StringInterpolation(
            literalCapacity: sql.utf8.count, interpolationCount: values.count)
        var rest = sql[...]
        for (index, value) in values.enumerated() {
            guard let place = rest.firstRange(of: "$\(index + 1)") else { continue }
            query.appendLiteral(String(rest[..<place.lowerBound]))
            query.bind(value)
            rest = rest[place.upperBound...]
        }
        query.appendLiteral(String(rest))
        return Query(stringInterpolation: query)
    }
}

extension Query.StringInterpolation {
    fileprivate mutating func bind<Value: PostgresEncodable>(_ value: Value) {
        appendInterpolation(value)
    }
}
