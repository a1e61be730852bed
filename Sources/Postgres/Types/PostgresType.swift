/// A PostgreSQL type, by its object id.
public struct PostgresType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The object id in `pg_type`.
    public let rawValue: UInt32

    /// Any type by its object id.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `boolean`
    public static let bool = PostgresType(rawValue: 16)
    /// `bytea`
    public static let bytea = PostgresType(rawValue: 17)
    /// `"char"`, the one-byte type of the system catalogue
    public static let char = PostgresType(rawValue: 18)
    /// `name`
    public static let name = PostgresType(rawValue: 19)
    /// `bigint`
    public static let int8 = PostgresType(rawValue: 20)
    /// `smallint`
    public static let int2 = PostgresType(rawValue: 21)
    /// `integer`
    public static let int4 = PostgresType(rawValue: 23)
    /// `text`
    public static let text = PostgresType(rawValue: 25)
    /// `json`
    public static let json = PostgresType(rawValue: 114)
    /// `real`
    public static let float4 = PostgresType(rawValue: 700)
    /// `double precision`
    public static let float8 = PostgresType(rawValue: 701)
    /// A literal whose type was never decided
    public static let unknown = PostgresType(rawValue: 705)
    /// `boolean[]`
    public static let boolArray = PostgresType(rawValue: 1000)
    /// `bytea[]`
    public static let byteaArray = PostgresType(rawValue: 1001)
    /// `name[]`
    public static let nameArray = PostgresType(rawValue: 1003)
    /// `smallint[]`
    public static let int2Array = PostgresType(rawValue: 1005)
    /// `integer[]`
    public static let int4Array = PostgresType(rawValue: 1007)
    /// `text[]`
    public static let textArray = PostgresType(rawValue: 1009)
    /// `varchar[]`
    public static let varcharArray = PostgresType(rawValue: 1015)
    /// `bigint[]`
    public static let int8Array = PostgresType(rawValue: 1016)
    /// `double precision[]`
    public static let float8Array = PostgresType(rawValue: 1022)
    /// `character(n)`
    public static let bpchar = PostgresType(rawValue: 1042)
    /// `character varying`
    public static let varchar = PostgresType(rawValue: 1043)
    /// `date`
    public static let date = PostgresType(rawValue: 1082)
    /// `date[]`
    public static let dateArray = PostgresType(rawValue: 1182)
    /// `timestamp with time zone`
    public static let timestamptz = PostgresType(rawValue: 1184)
    /// `timestamp with time zone[]`
    public static let timestamptzArray = PostgresType(rawValue: 1185)
    /// `numeric[]`
    public static let numericArray = PostgresType(rawValue: 1231)
    /// `numeric`
    public static let numeric = PostgresType(rawValue: 1700)
    /// `void`, what a function returns that returns nothing
    public static let void = PostgresType(rawValue: 2278)
    /// `uuid`
    public static let uuid = PostgresType(rawValue: 2950)
    /// `uuid[]`
    public static let uuidArray = PostgresType(rawValue: 2951)
    /// `json[]`
    public static let jsonArray = PostgresType(rawValue: 199)

    /// The object id, e.g. `type 25`.
    public var description: String { "type \(rawValue)" }
}
