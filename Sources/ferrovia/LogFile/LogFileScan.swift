import Foundation
import InfusionJournal

/// Reads a file once for its end line alone, so that one that was cut off or changed is refused before
/// anything of it is written. A pipe can be read once only, and shows at its end what it was.
enum LogFileScan {
    /// - Throws: ``LogFileProblem`` if the end line is missing, or says something else than the lines.
    static func requireWhole(_ path: String, isPartialAllowed: Bool) throws {
        guard isRegular(path) else { return }
        var reader = try LogFileReader(path: path)
        var seal = ExportSeal()
        let bar = ProgressBar("check (bytes)")
        defer { bar.finish() }
        while let line = try reader.next() {
            guard !line.bytes.starts(with: ExportEnd.beginning) else {
                try require(line, seal)
                guard try reader.next() == nil, !reader.isTorn else {
                    throw LogFilePart.goesOnBehindTheEnd(reader)
                }
                return
            }
            seal.add(line.bytes)
            bar.update(reader.readBytes, of: reader.totalBytes)
        }
        guard isPartialAllowed else { throw LogFilePart.endIsMissing(reader) }
    }

    private static func require(_ line: LogFileReader.Line, _ seal: ExportSeal) throws {
        let problem: LogLineProblem
        do throws(JSONError) {
            var object = try JSONReader().read(line.bytes).object()
            let end = try ExportEnd.read(&object, try object.member("end"))
            do throws(LogLineProblem) { return try end.requireLines(of: seal) } catch {
                problem = error
            }
        } catch {
            problem = LogLineProblem(error)
        }
        throw LogFileProblem(place: line.place, member: problem.member, message: problem.message)
    }

    private static func isRegular(_ path: String) -> Bool {
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type]
        return type as? FileAttributeType == .typeRegular
    }
}
