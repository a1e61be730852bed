import Infusion

/// The encrypted members of one event: the cipher of its patient, and the type the event was stored
/// under, which every box is bound to. An upcaster may rename types and members; what a box was
/// sealed as stays.
struct SealedFields {
    /// What a box is bound to as its field. Stored for ever, whatever the member is called later.
    enum Field: String {
        case identity
        case justification
        case evidenceRef
    }

    let cipher: SubjectCipher
    let type: String
    /// For an event within an event, which has a shape of its own.
    var upcasters = UpcasterRegistry.standard

    func write<Value: StoredValue>(
        _ field: Field, _ value: Sealed<Value>, to json: inout JSONWriter
    ) throws(PayloadError) {
        let plaintext: Value
        switch value {
        case .present(let present): plaintext = present
        case .erased, .unreachable: throw error(.nothingToSeal, field)
        }
        var text = JSONWriter()
        do { try plaintext.store(in: &text) } catch { throw error.within(field.rawValue) }
        let box: SealedBox
        do { box = try cipher.seal(text.bytes, field: field.rawValue, of: type) } catch {
            throw self.error(error, field)
        }
        try json.write(field.rawValue, box)
    }

    func read<Value: StoredValue>(
        _ field: Field, from object: inout JSONObject
    ) throws(PayloadError) -> Sealed<Value> {
        try open(try object.read(field.rawValue), field)
    }

    /// `null` where there was nothing to seal, which is told in the clear.
    func writeOptional<Value: StoredValue>(
        _ field: Field, _ value: Sealed<Value>?, to json: inout JSONWriter
    ) throws(PayloadError) {
        guard let value else {
            json.key(field.rawValue)
            json.null()
            return
        }
        try write(field, value, to: &json)
    }

    func readOptional<Value: StoredValue>(
        _ field: Field, from object: inout JSONObject
    ) throws(PayloadError) -> Sealed<Value>? {
        let box: SealedBox? = try object.readOptional(field.rawValue)
        return try box.map { (box) throws(PayloadError) in try open(box, field) }
    }

    private func open<Value: StoredValue>(
        _ box: SealedBox, _ field: Field
    ) throws(PayloadError) -> Sealed<Value> {
        let opened: Sealed<[UInt8]>
        do { opened = try cipher.open(box, field: field.rawValue, of: type) } catch {
            throw self.error(error, field)
        }
        switch opened {
        case .present(let plaintext): return .present(try read(plaintext, field))
        case .erased: return .erased
        case .unreachable: return .unreachable
        }
    }

    private func read<Value: StoredValue>(
        _ plaintext: [UInt8], _ field: Field
    ) throws(PayloadError) -> Value {
        let value: JSONValue
        do { value = try JSONReader().read(plaintext) } catch {
            throw PayloadError(error).within(field.rawValue)
        }
        do { return try Value(stored: value) } catch { throw error.within(field.rawValue) }
    }

    private func error(_ problem: SealProblem, _ field: Field) -> PayloadError {
        PayloadError(.sealed(problem), path: "/\(field.rawValue)")
    }
}
