import Foundation

/// Work that is shared out over the processors.
public enum Cores {
    /// How many there are to use.
    public static let count = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// Every part worked on at once; the results in the order of the parts.
    public static func map<Part: Sendable, Result: Sendable>(
        _ parts: [Part], _ body: @escaping @Sendable (Part) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            for (index, part) in parts.enumerated() {
                group.addTask { (index, try await body(part)) }
            }
            var results = [Result?](repeating: nil, count: parts.count)
            for try await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
    }
}
