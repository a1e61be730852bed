/// How one type of event is stored: its members in writing order, spelled out in both directions.
///
/// To change one: freeze the old golden files, raise `payloadVersion` in ``EventType``, write the
/// new shape here, and give `UpcasterRegistry.standard` the step from the old version to the new.
protocol EventPayload {
    associatedtype Fact

    static func write(
        _ fact: Fact, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError)

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Fact
}
