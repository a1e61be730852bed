import Foundation
import Postgres

/// A PostgreSQL server of a test's own: temporary directory, Unix socket, fsync on.
///
/// It dies with the test process: a shell holds the server and ends it when its standard input
/// closes, whatever became of us. PostgreSQL refuses to run as root, so root runs it as `postgres`.
public actor TestCluster {
    /// The directory of data and socket.
    public nonisolated let directory: String
    /// How to reach the server, as superuser, without a password.
    public nonisolated let conninfo: String

    private let settings: [String: String]
    private var shell: ChildProcess?
    private static let shared = Task { try await TestCluster.start() }

    private init(directory: String, settings: [String: String]) {
        self.directory = directory
        self.settings = settings
        let port = settings["port"].map { " port=\($0)" } ?? ""
        conninfo = "host=\(directory)\(port) user=postgres dbname=postgres"
    }

    /// The server for ordinary tests when nobody gave one: started once, stopped with the process.
    public static func forOrdinaryTests() async throws -> TestCluster {
        try await shared.value
    }

    /// Makes and starts a server; `settings` go to its command line.
    public static func start(settings: [String: String] = [:]) async throws -> TestCluster {
        try await start(in: try Self.makeDirectory(), settings: settings)
    }

    /// A server that also listens on 127.0.0.1, for TLS, with a certificate of its own making.
    public static func startWithTLS() async throws -> (cluster: TestCluster, tls: TLSAddress) {
        let directory = try Self.makeDirectory()
        let certificate = "\(directory)/server.crt"
        try await Self.run([
            "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(directory)/server.key",
            "-out", certificate,
        ])
        let port = try LoopbackPort.free()
        let cluster = try await start(
            in: directory,
            settings: [
                "listen_addresses": "127.0.0.1", "port": String(port), "ssl": "on",
                "ssl_cert_file": certificate, "ssl_key_file": "\(directory)/server.key",
            ])
        return (cluster, TLSAddress(port: port, certificate: certificate))
    }

    private static func start(
        in directory: String, settings: [String: String]
    ) async throws -> TestCluster {
        let cluster = TestCluster(directory: directory, settings: settings)
        try await Self.run([
            try Self.binary("initdb"), "-D", "\(directory)/data", "-U", "postgres", "-E", "UTF8",
            "--locale=C", "--auth=trust", "--no-sync", "--no-instructions",
        ])
        try await cluster.launch()
        return cluster
    }

    /// Stops the server in an orderly way and removes its files.
    public func stop() async throws {
        try await shutDown()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// SIGKILL to the postmaster: what a crash of the machine looks like to a client.
    public func kill() async throws {
        guard let process = postmasterID else { throw TestPostgresError("no server to kill") }
        Glibc.kill(process, SIGKILL)
        // Only an orderly end removes these files, and its backends die with the postmaster.
        try FileManager.default.removeItem(atPath: pidFile)
        try? FileManager.default.removeItem(atPath: "\(directory)/.s.PGSQL.5432.lock")
        try await hangUp()
        // One that is still there holds the shared memory, and no server starts on these files.
        try await eventually("its backends have noticed") { backends.isEmpty }
    }

    /// Starts the server again after `kill()`, or stops it first.
    public func restart() async throws {
        try await shutDown()
        try await launch()
    }

    /// Makes a database and returns how to reach it.
    public func createDatabase() async throws -> String {
        try await TestDatabase.create(on: conninfo).conninfo
    }

    private nonisolated var pidFile: String { "\(directory)/data/postmaster.pid" }

    private var postmasterID: pid_t? {
        let text = try? String(contentsOfFile: pidFile, encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { pid_t($0) }
    }

    /// Processes that stand in the data directory, as the server's all do.
    private var backends: [String] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { process in
            let folder = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/\(process)/cwd")
            return folder?.hasSuffix("\(directory)/data") == true
        }
    }

    private func launch() async throws {
        let options = settings.sorted { $0.key < $1.key }.flatMap {
            ["-c", "\($0.key)=\($0.value)"]
        }
        let server = [
            try Self.binary("postgres"), "-D", "\(directory)/data", "-c", "listen_addresses=",
            "-c", "unix_socket_directories=\(directory)", "-c", "max_connections=200",
            "-c", "fsync=on", "-c", "max_prepared_transactions=10",
        ]
        // Told to keep the files, it leaves; when its input just ends, our process has died.
        let script = """
            "$@" >'\(directory)/log' 2>&1 & read word; kill -INT $!
            [ "$word" = keep ] && exit
            while [ -e '\(pidFile)' ]; do sleep 0.1; done
            rm -rf '\(directory)'
            """
        let command = Self.asServer(["/bin/sh", "-c", script, "sh"] + server + options)
        shell = try await ChildProcess(
            command[0], Array(command.dropFirst()), in: "/", hasInput: true)
        try await eventually("the server accepts connections", within: .seconds(120)) {
            guard
                let connection = try? await PostgresConnection.connect(
                    .init(conninfo: conninfo, connectTimeout: .seconds(60)))
            else { return false }
            await connection.close()
            return true
        }
    }

    private func shutDown() async throws {
        try await hangUp()
        try await eventually("the server has stopped") {
            !FileManager.default.fileExists(atPath: pidFile)
        }
    }

    /// Ends the shell, which on its way out tells the server to stop.
    private func hangUp() async throws {
        guard let shell else { return }
        self.shell = nil
        shell.say("keep")
        _ = try await shell.ended()
    }
}

extension TestCluster {
    private static func makeDirectory() throws -> String {
        var template = Array("/tmp/ferrovia-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestPostgresError("no temporary directory") }
        let directory = String(
            decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if getuid() == 0 {
            guard let user = getpwnam("postgres") else {
                throw TestPostgresError("no user postgres")
            }
            chown(directory, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        return directory
    }

    private static func binary(_ name: String) throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let folders =
            versions.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
            + ["/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"]
        let path = folders.map { "\($0)/\(name)" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
        guard let path else { throw TestPostgresError("\(name) not found") }
        return path
    }

    /// PostgreSQL refuses to run as root.
    private static func asServer(_ command: [String]) -> [String] {
        guard getuid() == 0 else { return command }
        return [
            "/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--",
        ] + command
    }

    private static func run(_ arguments: [String]) async throws {
        let command = asServer(arguments)
        let end = try await ChildProcess.run(command[0], Array(command.dropFirst()), in: "/")
        guard end.status == .exited(0) else {
            throw TestPostgresError("\(arguments[0]) failed")
        }
    }
}
