import EventStore
import InfusionJournal
import PostgresEventStore

/// One file of an export, held against its own header and end line. Header and keys are read when it is
/// opened; what the log holds comes line by line.
struct LogFilePart {
    let header: ExportHeader
    /// Where it is.
    let headerPlace: String
    /// The patients' keys, if the file has them.
    private(set) var subjects: [SubjectRecord] = []
    /// Whether the end line is missing; known at the end.
    private(set) var isPartial = false

    private let tenant: TenantID
    private let isPartialAllowed: Bool
    private var reader: LogFileReader
    private var seal = ExportSeal()
    /// The line behind the keys, until it is asked for.
    private var waiting: ExportLine?
    private var position: Position

    /// - Parameters:
    ///   - tenant: Whose its events are to be; by default the header's.
    ///   - isPartialAllowed: Whether the end line may be missing.
    /// - Throws: ``LogFileProblem`` if it does not begin as an export.
    init(
        _ reader: LogFileReader, of tenant: TenantID? = nil, isPartialAllowed: Bool
    ) throws {
        var reader = reader
        header = try Self.header(&reader, &seal)
        headerPlace = reader.place
        self.reader = reader
        self.tenant = tenant ?? header.tenant
        self.isPartialAllowed = isPartialAllowed
        position = header.from.advanced(by: -1)
        try readSubjects()
    }

    /// Bytes of the file, as far as they are known beforehand, and how many of them have been read.
    var totalBytes: Int { reader.totalBytes }
    var readBytes: Int { reader.readBytes }
    /// Where the line that was read last is.
    var place: String { reader.place }

    /// The next line of the log; `nil` at the end.
    /// - Throws: ``LogFileProblem`` where it is none, or the end is not as it should be.
    mutating func next() throws -> LogLine? {
        switch try following() {
        case .entry(let entry):
            if case .event(let event) = entry { position = event.position }
            return entry
        case .header:
            throw problem("format", "a second header: give exports as files of their own")
        case .subject:
            throw problem("subject", "keys belong right behind a header that says there are keys")
        case .end(let end):
            try finish(end)
            return nil
        case nil:
            guard isPartialAllowed else { throw Self.endIsMissing(reader) }
            isPartial = true
            return nil
        }
    }

    /// Hands the keys over.
    mutating func takeSubjects() -> [SubjectRecord] {
        defer { subjects = [] }
        return subjects
    }

    func problem(_ member: String?, _ message: String) -> LogFileProblem {
        LogFileProblem(place: place, member: member, message: message)
    }

    /// Why a file without its end line is refused.
    static func endIsMissing(_ reader: LogFileReader) -> LogFileProblem {
        LogFileProblem(
            place: reader.place, member: nil,
            message: """
                \(reader.isTorn ? "the line behind this one is torn" : "nothing comes behind this line"): \
                the export was cut off, its end line is missing; --partial takes what there is
                """)
    }

    static func goesOnBehindTheEnd(_ reader: LogFileReader) -> LogFileProblem {
        LogFileProblem(
            place: reader.place, member: nil,
            message: "something comes behind the end line: give exports as files of their own")
    }

    private static func header(
        _ reader: inout LogFileReader, _ seal: inout ExportSeal
    ) throws -> ExportHeader {
        guard let line = try reader.next() else {
            throw LogFileProblem(
                place: reader.place, member: nil, message: "not an export: there is no line")
        }
        do throws(JSONError) {
            var object = try JSONReader().read(line.bytes).object()
            guard let format = object.memberIfPresent("format") else {
                throw object.missing("format")
            }
            let header = try ExportHeader.read(&object, format)
            try object.finish()
            seal.add(line.bytes)
            return header
        } catch {
            let problem = LogLineProblem(error)
            throw LogFileProblem(
                place: line.place, member: problem.member,
                message: "\(problem.message); an export begins with its header")
        }
    }

    private mutating func readSubjects() throws {
        guard header.hasKeys else { return }
        waiting = try read()
        while case .subject(let subject, let owner)? = waiting {
            guard owner == header.tenant else {
                throw problem(
                    "tenant", "found \(owner), accepted is the header's, \(header.tenant)")
            }
            subjects.append(subject)
            waiting = try read()
        }
    }

    /// The line that waits, or else the next one.
    private mutating func following() throws -> ExportLine? {
        guard let line = waiting else { return try read() }
        waiting = nil
        return line
    }

    /// The next line, whatever it is; the end line seals the others and not itself.
    private mutating func read() throws -> ExportLine? {
        guard let line = try reader.next() else { return nil }
        do throws(JSONError) {
            let read = try ExportLine.read(line.bytes, of: tenant)
            if case .end = read { return read }
            seal.add(line.bytes)
            return read
        } catch {
            let problem = LogLineProblem(error)
            throw LogFileProblem(
                place: line.place, member: problem.member, message: problem.message)
        }
    }

    private mutating func finish(_ end: ExportEnd) throws {
        do throws(LogLineProblem) {
            guard end.position == position, position == header.head else {
                throw LogLineProblem(
                    "end", found: end.position,
                    accepted:
                        "\(position), the last position, and \(header.head), the header's head")
            }
            try end.requireLines(of: seal)
        } catch {
            throw problem(error.member, error.message)
        }
        guard try reader.next() == nil, !reader.isTorn else {
            throw Self.goesOnBehindTheEnd(reader)
        }
    }
}
