internal import CLibpq
internal import FoundationEssentials

/// How to reach a database, in libpq's own words.
public struct PostgresConfiguration: Sendable {
    /// A libpq connection string or URI, passed through: several hosts, `target_session_attrs`,
    /// `sslmode`, `sslrootcert`, `passfile`, keep-alives. It may hold a password and is never
    /// printed.
    public var conninfo: String

    /// A file whose first line is the password, read at each connect so that it can be rotated.
    public var passwordFile: String?

    /// What `pg_stat_activity` shows.
    public var applicationName: String

    /// How long to wait per host; whole seconds, at least two, as libpq counts.
    public var connectTimeout: Duration

    /// Settings of the session, sent at connect: `statement_timeout`, `lock_timeout`,
    /// `idle_in_transaction_session_timeout`, `search_path`, `role`… beside ``everySession``.
    public var settings: [String: String]

    /// Settings of every session. A prepared statement is planned once, for any arguments, which is the plan
    /// that tests pin. Planned for its arguments, one about a tenant that has come since the last ANALYZE expects
    /// a row at most, any index will do for that, and it reads the tenant's whole log.
    ///
    /// A plan for any arguments expects as many rows as an average tenant has: the larger the log, the sooner
    /// PostgreSQL compiles a statement before each execution, which takes longer than our statements do.
    static let everySession = ["jit": "off", "plan_cache_mode": "force_generic_plan"]

    /// A configuration; everything but the conninfo has a default.
    public init(
        conninfo: String, passwordFile: String? = nil, applicationName: String = "ferrovia",
        connectTimeout: Duration = PostgresLimits.connectTimeout, settings: [String: String] = [:]
    ) {
        self.conninfo = conninfo
        self.passwordFile = passwordFile
        self.applicationName = applicationName
        self.connectTimeout = connectTimeout
        self.settings = settings
    }

    /// libpq takes the first as a whole connection string; later ones win over earlier ones.
    func keywords() throws(PostgresError) -> [(String, String)] {
        guard conninfo.isReadableConninfo else { throw PostgresError(.invalidConfiguration) }
        var keywords = [
            ("dbname", conninfo), ("application_name", applicationName),
            ("client_encoding", "UTF8"),
            ("connect_timeout", String(max(2, connectTimeout.secondsRoundedUp))),
        ]
        if let passwordFile {
            guard let text = try? String(contentsOfFile: passwordFile, encoding: .utf8),
                let line = text.split(whereSeparator: \.isNewline).first
            else {
                throw PostgresError(.invalidConfiguration, note: "the password file is unreadable")
            }
            keywords.append(("password", String(line)))
        }
        return keywords
    }

    func cancelKeywords(address: [(String, String)]) -> [(String, String)] {
        let own = (try? keywords()) ?? [("dbname", conninfo)]
        return own + address + [
            ("target_session_attrs", "any"), ("application_name", "\(applicationName) cancel"),
        ]
    }

    /// One statement that applies all settings; the role comes last, for it may lose privileges.
    var settingsQuery: Query {
        let all = Self.everySession.merging(settings) { $1 }
        let ordered = all.sorted {
            ($0.key == "role" ? 1 : 0, $0.key) < ($1.key == "role" ? 1 : 0, $1.key)
        }
        var parameters = ParameterList()
        let calls = ordered.map { name, value in
            parameters.append(name)
            parameters.append(value)
            return "pg_catalog.set_config($\(parameters.count - 1), $\(parameters.count), false)"
        }
        return Query(
            sql: "SELECT " + calls.joined(separator: ", "), parameters: parameters,
            preparation: .never)
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names the application, never where or as whom it connects.
    public var description: String {
        "PostgresConfiguration(\(applicationName), conninfo: redacted)"
    }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows nothing beyond ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension String {
    /// Checked apart from connecting, for libpq's complaints about it quote it.
    fileprivate var isReadableConninfo: Bool {
        guard !utf8.contains(0) else { return false }
        var message: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(message) }
        guard let options = PQconninfoParse(self, &message) else { return false }
        PQconninfoFree(options)
        return true
    }
}
