/// Bound values, encoded at once into one buffer: one allocation however many there are.
struct ParameterList: Sendable {
    struct Slot: Sendable {
        let offset: Int
        /// −1 is NULL.
        let length: Int32
    }

    /// Object ids of the values' types: part of what identifies a prepared statement.
    private(set) var types: [UInt32] = []
    private(set) var slots: [Slot] = []
    private(set) var buffer = PostgresBuffer()

    init() {}

    init(_ values: [any PostgresEncodable]) {
        types.reserveCapacity(values.count)
        slots.reserveCapacity(values.count)
        for value in values { append(value) }
    }

    var count: Int { slots.count }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let offset = buffer.count
        types.append((Value.postgresType as PostgresType).rawValue)
        guard !value.isPostgresNull else {
            return slots.append(Slot(offset: offset, length: -1))
        }
        value.encode(into: &buffer)
        slots.append(Slot(offset: offset, length: Int32(buffer.count - offset)))
    }
}
