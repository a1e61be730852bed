#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How many files, and so connections, the process may have open.
public enum OpenFiles {
    /// Raises the soft limit to the hard one: many a shell allows 1,024, and a thousand subscribers are
    /// more than that.
    /// - Returns: How many it may have now; `nil` if the system does not say.
    @discardableResult
    public static func raiseLimit() -> UInt64? {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return nil }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        return UInt64(setrlimit(resource, &limit) == 0 ? limit.rlim_max : soft)
    }

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
