import Foundation

/// The lines of some files, one file after the other, read in chunks.
struct LogFileReader {
    /// A line without its line break, and where it is.
    struct Line {
        let bytes: ArraySlice<UInt8>
        let file: String
        let number: Int

        var place: String { "\(file), line \(number)" }
    }

    /// Bytes of all files, and how many of them have been read.
    let totalBytes: Int
    private(set) var readBytes = 0

    private var paths: ArraySlice<String>
    private var handle: FileHandle?
    private var file = ""
    private var number = 0
    private var buffer: [UInt8] = []
    /// Where the next line begins in the buffer.
    private var start = 0
    private var searched = 0

    init(_ paths: [String]) throws {
        self.paths = paths[...]
        totalBytes = try paths.reduce(0) { total, path in
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw Console.fail("cannot read \(path)", .inputOutput)
            }
            let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            return total + (size ?? 0)
        }
    }

    /// The next line; `nil` behind the last one of the last file.
    mutating func next() throws -> Line? {
        while true {
            if let end = lineEnd() {
                let line = Line(bytes: buffer[start..<end], file: file, number: number + 1)
                number += 1
                start = end + 1
                searched = start
                return line
            }
            guard buffer.count - start <= CommandLineLimits.lineBytes else {
                throw problem("longer than \(CommandLineLimits.lineBytes) bytes")
            }
            if try !fill() {
                guard start == buffer.count else {
                    throw problem("torn: the line has no end")
                }
                guard try open() else { return nil }
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
        buffer.removeFirst(start)
        searched -= start
        start = 0
        buffer.append(contentsOf: chunk)
        readBytes += chunk.count
        return true
    }

    private mutating func open() throws -> Bool {
        try? handle?.close()
        handle = nil
        guard let path = paths.popFirst() else { return false }
        guard let opened = FileHandle(forReadingAtPath: path) else {
            throw Console.fail("cannot read \(path)", .inputOutput)
        }
        handle = opened
        file = path.split(separator: "/").last.map(String.init) ?? path
        number = 0
        buffer = []
        start = 0
        searched = 0
        return true
    }

    private func problem(_ message: String) -> LogFileProblem {
        LogFileProblem(place: "\(file), line \(number + 1)", member: nil, message: message)
    }
}
