/// What a file of a log may ask of its reader.
enum LogFileLimits {
    /// Read from the disk at once.
    static let chunkBytes = 1 << 20
    /// One line: the largest payload, with every byte escaped, and its envelope.
    static let lineBytes = 4 << 20
}
