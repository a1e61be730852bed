public import Foundation

/// Which mutant holds in this process, and which sites it came by: `scripts/mutants` puts this into
/// its copy of the rules, and in the place of every site a call of it.
public enum Mutant {
    /// The number in `FERROVIA_MUTANT`; 0, no mutant, without it.
    public static let active =
        ProcessInfo.processInfo.environment["FERROVIA_MUTANT"].flatMap { Int($0) } ?? 0

    /// How many numbers there are; the copy has its own.
    static let count = 0

    /// A byte for every number, 1 where its site was reached. Threads race to write the same 1.
    nonisolated(unsafe) private static let reached: UnsafeMutablePointer<UInt8> = {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: count + 1)
        bytes.initialize(repeating: 0, count: count + 1)
        if ProcessInfo.processInfo.environment["FERROVIA_MUTANT_REACHED"] != nil {
            atexit { Mutant.writeReached() }
        }
        return bytes
    }()

    /// 0 if the site is as it was, else which of its mutants holds, from 1; other numbers mean others.
    @inline(never)
    public static func chosen(_ site: Int) -> Int {
        reached[site] = 1
        return active - site + 1
    }

    /// The sites reached since it was last asked.
    public static func takeReached() -> [Int] {
        let sites = (1...max(count, 1)).filter { reached[$0] == 1 }
        reached.update(repeating: 0, count: count + 1)
        return sites
    }

    private static func writeReached() {
        guard let path = ProcessInfo.processInfo.environment["FERROVIA_MUTANT_REACHED"] else {
            return
        }
        let text = takeReached().map(String.init).joined(separator: " ") + "\n"
        try? Data(text.utf8).write(to: URL(filePath: path))
    }

    private static func pick<T>(_ site: Int, _ original: T, _ one: T, _ two: T?) -> T {
        switch chosen(site) {
        case 1: one
        case 2: two ?? original
        default: original
        }
    }

    // One for each type, so that a literal's type is known to the type checker at once.
    public static func int(_ site: Int, _ original: Int, _ one: Int, _ two: Int? = nil) -> Int {
        pick(site, original, one, two)
    }
    public static func int64(
        _ site: Int, _ original: Int64, _ one: Int64, _ two: Int64? = nil
    ) -> Int64 {
        pick(site, original, one, two)
    }
    public static func uint8(
        _ site: Int, _ original: UInt8, _ one: UInt8, _ two: UInt8? = nil
    ) -> UInt8 {
        pick(site, original, one, two)
    }
    public static func double(
        _ site: Int, _ original: Double, _ one: Double, _ two: Double? = nil
    ) -> Double {
        pick(site, original, one, two)
    }
    public static func decimal(
        _ site: Int, _ original: Decimal, _ one: Decimal, _ two: Decimal? = nil
    ) -> Decimal {
        pick(site, original, one, two)
    }
    public static func staticString(
        _ site: Int, _ original: StaticString, _ one: StaticString, _ two: StaticString? = nil
    ) -> StaticString {
        pick(site, original, one, two)
    }
    public static func bool(
        _ site: Int, _ original: Bool, _ one: Bool, _ two: Bool? = nil
    ) -> Bool {
        pick(site, original, one, two)
    }

    /// Stands for `min`, and for `max` as its mutant.
    public struct Least {
        let site: Int
        public init(_ site: Int) { self.site = site }
        public func callAsFunction<T: Comparable>(_ one: T, _ two: T) -> T {
            chosen(site) == 1 ? Swift.max(one, two) : Swift.min(one, two)
        }
    }

    /// Stands for `max`, and for `min` as its mutant.
    public struct Most {
        let site: Int
        public init(_ site: Int) { self.site = site }
        public func callAsFunction<T: Comparable>(_ one: T, _ two: T) -> T {
            chosen(site) == 1 ? Swift.min(one, two) : Swift.max(one, two)
        }
    }
}
