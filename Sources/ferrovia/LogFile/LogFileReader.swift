import Foundation

/// The lines of a file, read in chunks.
struct LogFileReader {
    /// A line without its line break, and where it is.
    struct Line {
        let bytes: ArraySlice<UInt8>
        let file: String
        let number: Int

        var place: String { "\(file), line \(number)" }
    }

    /// What a file that gzip compressed begins with.
    private static let gzipBeginning: [UInt8] = [0x1F, 0x8B]

    /// Bytes of the file, as far as they are known beforehand, and how many of them have been read.
    let totalBytes: Int
    private(set) var readBytes = 0
    /// Whether the file ends within a line, which is left out; known at the end.
    private(set) var isTorn = false

    private let handle: FileHandle?
    private let file: String
    private var number = 0
    private var buffer: [UInt8]
    /// Where the next line begins in the buffer.
    private var start = 0
    private var searched = 0

    init(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Console.fail("cannot read \(path)", .inputOutput)
        }
        self.handle = handle
        file = path.split(separator: "/").last.map(String.init) ?? path
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        totalBytes = size ?? 0
        buffer = []
    }

    /// Of a file that is in memory.
    init(_ input: InputFile) {
        handle = nil
        file = input.name
        buffer = input.bytes
        totalBytes = input.bytes.count
    }

    /// Where the line that was read last is.
    var place: String { "\(file), line \(max(number, 1))" }

    /// The next line; `nil` behind the last one.
    mutating func next() throws -> Line? {
        while true {
            if let end = lineEnd() {
                number += 1
                let line = Line(bytes: buffer[start..<end], file: file, number: number)
                start = end + 1
                searched = start
                return line
            }
            guard buffer.count - start <= CommandLineLimits.lineBytes else {
                throw problem("longer than \(CommandLineLimits.lineBytes) bytes")
            }
            guard try fill() else {
                if start < buffer.count { isTorn = true }
                return nil
            }
        }
    }

    /// The next line break, looked for where nobody has looked yet.
    private mutating func lineEnd() -> Int? {
        let found = Self.lineBreak(in: buffer.span, from: searched)
        searched = found ?? buffer.count
        return found
    }

    private static func lineBreak(in bytes: Span<UInt8>, from start: Int) -> Int? {
        for index in start..<bytes.count where bytes[index] == 0x0A { return index }
        return nil
    }

    /// Reads another chunk behind what is left; false at the end of the file.
    private mutating func fill() throws -> Bool {
        guard let handle else { return false }
        let chunk: Data?
        do {
            chunk = try handle.read(upToCount: CommandLineLimits.chunkBytes)
        } catch {
            throw Console.fail("cannot read \(file)", .inputOutput)
        }
        guard let chunk, !chunk.isEmpty else { return false }
        if readBytes == 0, chunk.starts(with: Self.gzipBeginning) {
            throw problem(
                """
                compressed by gzip; send it through a pipe: gunzip -c FILE | ferrovia import log \
                --tenant NAME /dev/stdin
                """)
        }
        buffer.removeFirst(start)
        searched -= start
        start = 0
        buffer.append(contentsOf: chunk)
        readBytes += chunk.count
        return true
    }

    private func problem(_ message: String) -> LogFileProblem {
        LogFileProblem(place: "\(file), line \(number + 1)", member: nil, message: message)
    }
}
