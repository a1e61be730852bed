import EventStore

/// `formulary-activated` v1 and `pathways-activated` v1.
extension KnowledgeActivated {
    func write(to json: inout JSONWriter) {
        json.key("version")
        version.store(in: &json)
        json.key("contentHash")
        contentHash.store(in: &json)
        json.key("content")
        content.store(in: &json)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        version = try object.read("version")
        contentHash = try object.read("contentHash")
        content = try object.read("content")
    }
}
