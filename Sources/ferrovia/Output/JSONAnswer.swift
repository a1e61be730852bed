import InfusionJournal

/// Answers as one line of JSON.
enum JSONAnswer {
    static func object(_ members: (inout JSONWriter) throws -> Void) rethrows -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        try members(&writer)
        writer.endObject()
        return writer.bytes
    }
}
