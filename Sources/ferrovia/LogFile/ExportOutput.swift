import EventStore

/// Writes an export to standard output, with what its end line says of it.
struct ExportOutput {
    private let header: ExportHeader
    private var seal = ExportSeal()

    /// Writes the header.
    init(_ header: ExportHeader) {
        self.header = header
        write([.header(header)])
    }

    mutating func write(_ lines: [ExportLine]) {
        var bytes: [UInt8] = []
        for line in lines {
            let line = line.bytes
            seal.add(line[...])
            bytes += line
            bytes.append(0x0A)
        }
        Console.raw(bytes)
    }

    /// Writes the end line.
    func finish() { Console.raw(seal.end(at: header.head).line + [0x0A]) }
}
