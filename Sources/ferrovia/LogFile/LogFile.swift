import EventStore
import InfusionJournal
import PostgresEventStore

/// A log in files, one of which goes on where the other ends, read and held against the rules of a log at
/// the same time. What the files say of themselves is looked at when they are opened.
struct LogFile {
    /// Whose log it was.
    let origin: TenantID
    /// The head of that log when the last of the files was exported.
    let exportedHead: Position
    /// The patients' keys. A later file knows better, unless there is nothing left to know.
    let subjects: [SubjectID: SubjectRecord]
    /// Whether the last file lacks its end; known at the end.
    private(set) var isPartial = false

    private var parts: [LogFilePart]
    private var current = 0
    private var check: LogFileCheck
    private var wasBetweenCommands = true

    /// - Parameters:
    ///   - tenant: Whose log it is to be.
    ///   - now: The clock of the server.
    ///   - isPartialAllowed: Whether the last file may lack its end.
    /// - Throws: ``LogFileProblem`` if a file is not an export, not whole, or not the next one, or has keys
    ///   of another tenant.
    init(
        _ paths: [String], tenant: TenantID, now: Timestamp, isPartialAllowed: Bool = false
    ) throws {
        var subjects: [SubjectID: SubjectRecord] = [:]
        var parts: [LogFilePart] = []
        for (index, path) in paths.enumerated() {
            let isPartialAllowed = isPartialAllowed && index == paths.count - 1
            var part = try LogFilePart(
                LogFileReader(path: path), of: tenant, isPartialAllowed: isPartialAllowed)
            try Self.require(part, after: parts.last, for: tenant)
            try LogFileScan.requireWhole(path, isPartialAllowed: isPartialAllowed)
            for subject in part.takeSubjects() where subjects[subject.subject]?.erasedAt == nil {
                subjects[subject.subject] = subject
            }
            parts.append(part)
        }
        guard let last = parts.last else {
            preconditionFailure("the arguments name one file at least")
        }
        origin = last.header.tenant
        exportedHead = last.header.head
        self.subjects = subjects
        self.parts = parts
        check = LogFileCheck(tenant: tenant, now: now)
    }

    /// Bytes of the files, and how many of them have been read.
    var totalBytes: Int { parts.reduce(0) { $0 + $1.totalBytes } }
    var readBytes: Int { parts.reduce(0) { $0 + $1.readBytes } }
    /// Whole percents of them; `nil` where the files have no size, as a pipe has none.
    var percentRead: Int? { totalBytes > 0 ? min(100, readBytes * 100 / totalBytes) : nil }
    /// The last position of the commands read.
    var position: Position { check.position }
    /// Whether a batch may end before a line: with the events of all its commands, and with all that was
    /// answered at its last position.
    func isBetweenCommands(before line: LogLine) -> Bool {
        wasBetweenCommands && line.isEvent
    }
    /// Where the last line is.
    var place: String { parts[min(current, parts.count - 1)].place }

    /// The next line; `nil` at the end.
    /// - Throws: ``LogFileProblem`` at the first line that does not follow from those before.
    mutating func next() throws -> LogLine? {
        wasBetweenCommands = check.isBetweenCommands
        while current < parts.count {
            let line = try parts[current].next()
            do throws(LogLineProblem) {
                if let line {
                    try check.take(line)
                    return line
                }
                isPartial = parts[current].isPartial
                // The events of a command that was cut off are nobody's.
                if !isPartial { try check.finish() }
            } catch {
                throw LogFileProblem(place: place, member: error.member, message: error.message)
            }
            current += 1
        }
        return nil
    }

    /// What a header must say, by the file before it.
    private static func require(
        _ part: LogFilePart, after last: LogFilePart?, for tenant: TenantID
    ) throws {
        let header = part.header
        let first = (last?.header.head ?? .start).advanced(by: 1)
        func require(_ member: String, _ isGood: Bool, _ found: String, _ accepted: String) throws {
            guard !isGood else { return }
            throw LogFileProblem(
                place: part.headerPlace, member: member,
                message: "found \(found), accepted is \(accepted)")
        }
        try require("from", header.from == first, "\(header.from)", "\(first)")
        let origin = last?.header.tenant ?? header.tenant
        try require(
            "tenant", header.tenant == origin, "\(header.tenant)",
            "\(origin), as of the file before")
        try require(
            "tenant", header.tenant == tenant || !header.hasKeys, "\(header.tenant)",
            """
            \(tenant): keys open for the tenant they were made for only; make one of the same id \
            (ferrovia tenant create --id), or export without --keys
            """)
    }
}
