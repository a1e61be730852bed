import EventStore
import InfusionJournal

/// A log in files, read and held against the rules at the same time.
struct LogFile {
    private var reader: LogFileReader
    private var check: LogFileCheck
    private let tenant: TenantID
    private var wasBetweenCommands = true
    private(set) var last: LogFileReader.Line?

    init(_ paths: [String], tenant: TenantID, now: Timestamp) throws {
        reader = try LogFileReader(paths)
        check = LogFileCheck(tenant: tenant, now: now)
        self.tenant = tenant
    }

    /// Bytes of the files, and how many of them have been read.
    var totalBytes: Int { reader.totalBytes }
    var readBytes: Int { reader.readBytes }
    /// Whole percents of them; `nil` where the files have no size, as a pipe has none.
    var percentRead: Int? { totalBytes > 0 ? min(100, readBytes * 100 / totalBytes) : nil }
    /// The last position read.
    var position: Position { check.position }
    /// Whether a batch may end before a line: with the events of all its commands, and with all that was
    /// answered at its last position.
    func isBetweenCommands(before line: LogLine) -> Bool {
        wasBetweenCommands && line.isEvent
    }
    /// Where the last line is.
    var place: String { last?.place ?? "the file is empty" }

    /// The next line; `nil` at the end.
    /// - Throws: ``LogFileProblem`` at the first line that does not follow from those before.
    mutating func next() throws -> LogLine? {
        let line = try reader.next()
        last = line ?? last
        wasBetweenCommands = check.isBetweenCommands
        do throws(LogLineProblem) {
            guard let line else {
                try check.finish()
                return nil
            }
            let read = try Self.read(line.bytes, of: tenant)
            try check.take(read)
            return read
        } catch {
            throw LogFileProblem(place: place, member: error.member, message: error.message)
        }
    }

    private static func read(
        _ line: ArraySlice<UInt8>, of tenant: TenantID
    ) throws(LogLineProblem) -> LogLine {
        do throws(JSONError) {
            return try LogLine.read(line, of: tenant)
        } catch {
            throw LogLineProblem(error)
        }
    }
}
