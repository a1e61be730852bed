import FHIRGateway
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A file to be imported, decompressed if it is gzip.
struct InputFile {
    /// The last component of its path: what a report calls it.
    let name: String
    let bytes: [UInt8]
    /// Whether the end is missing; what came before it is here.
    let isTorn: Bool

    /// Files as given, and the files of folders in the order of their names.
    static func expand(_ paths: [String], endings: [String]) throws -> [String] {
        try paths.flatMap { path in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Console.fail("there is no \(path)", .inputOutput)
            }
            guard isFolder.boolValue else { return [path] }
            let found =
                FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
            return found.filter { name in
                endings.contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") }
            }.sorted().map { "\(path)/\($0)" }
        }
    }

    static func read(_ path: String) async throws -> InputFile {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let head = try? FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: 2)
        else {
            throw Console.fail("cannot read \(path)", .inputOutput)
        }
        guard head == Data([0x1F, 0x8B]) else {
            let bytes = try Files.read(path)
            try require(bytes.count, path)
            return InputFile(name: name, bytes: bytes, isTorn: false)
        }
        let result = try await Subprocess.run(
            .name("gzip"), arguments: ["-dc", "--", path], input: .none,
            output: .bytes(limit: ImportLimits.fileBytes), error: .discarded)
        return InputFile(
            name: name, bytes: result.standardOutput, isTorn: !result.terminationStatus.isSuccess)
    }

    private static func require(_ count: Int, _ path: String) throws {
        guard count <= ImportLimits.fileBytes else {
            throw Console.fail(
                "\(path) is larger than \(ImportLimits.fileBytes >> 20) MiB", .inputOutput)
        }
    }
}
