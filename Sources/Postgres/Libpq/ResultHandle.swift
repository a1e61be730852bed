internal import CLibpq
internal import Glibc

/// Owns one `PGresult` and frees it.
///
/// `@unchecked`: libpq never changes a result after `PQgetResult` has returned it, and reading one
/// from several threads is allowed; the pointer never leaves this type.
final class ResultHandle: @unchecked Sendable {
    private let pointer: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        rowCount = Int(PQntuples(pointer))
        columnCount = Int(PQnfields(pointer))
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var isError: Bool {
        status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE
    }

    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    func columnName(_ column: Int) -> String {
        PQfname(pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func position(of name: String) -> Int? {
        name.withCString { wanted in
            (0..<columnCount).first { column in
                PQfname(pointer, Int32(column)).map { strcmp($0, wanted) == 0 } ?? false
            }
        }
    }

    func type(of column: Int) -> PostgresType {
        PostgresType(rawValue: PQftype(pointer, Int32(column)))
    }

    func isNull(row: Int, column: Int) -> Bool {
        PQgetisnull(pointer, Int32(row), Int32(column)) == 1
    }

    /// A value where libpq keeps it. Nothing but this object owns those bytes, and a span of them
    /// does not say so to the compiler: it lives until the body is through.
    func withBytes<Value, Failure: Error>(
        row: Int, column: Int, _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        defer { extendLifetime(self) }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(pointer, Int32(row), Int32(column)),
            count: Int(PQgetlength(pointer, Int32(row), Int32(column))))
        return try body(bytes.bytes)
    }

    /// The error that this result is, with every field that is a name.
    var errorFields: PostgresError.Fields {
        let text = { (field: UnsafePointer<CChar>?) in field.map { String(cString: $0) } }
        var fields = PostgresError.Fields()
        fields.sqlState = text(clibpq_sqlstate(pointer)).map(SQLState.init(rawValue:))
        fields.severity = text(clibpq_severity(pointer))
        fields.message = text(clibpq_message(pointer))
        fields.sourceFunction = text(clibpq_source_function(pointer))
        fields.constraint = text(clibpq_constraint(pointer))
        fields.schema = text(clibpq_schema(pointer))
        fields.table = text(clibpq_table(pointer))
        fields.column = text(clibpq_column(pointer))
        return fields
    }
}
