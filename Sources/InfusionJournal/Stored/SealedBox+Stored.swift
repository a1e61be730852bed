extension SealedBox: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let algorithm: String = try object.read("alg")
        let key: String = try object.read("kid")
        let nonce: String = try object.read("nonce")
        let ciphertext: String = try object.read("ct")
        guard algorithm == SealedBox.algorithm, let key = DataKeyID(key),
            let nonce = Base64URL.bytes(of: nonce),
            let ciphertext = Base64URL.bytes(of: ciphertext),
            let box = SealedBox(key: key, nonce: nonce, ciphertext: ciphertext)
        else {
            throw PayloadError(.json(.invalid(expected: "an A256GCM box"), offset: nil), path: path)
        }
        self = box
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("alg", SealedBox.algorithm)
        try json.write("kid", key.description)
        try json.write("nonce", Base64URL.text(of: nonce))
        try json.write("ct", Base64URL.text(of: ciphertext))
    }
}
