internal import CLibpq

/// Owns one `PGconn` and finishes it: libpq's own words, no policy, no waiting.
///
/// Not `Sendable`: it lives inside one actor and is used on that actor's thread only.
final class ConnectionHandle {
    private let pointer: OpaquePointer

    /// Connects, blocking, with libpq's own handling of several hosts and their time-outs.
    init?(keywords: [(String, String)]) {
        let names = keywords.map(\.0)
        let values = keywords.map(\.1)
        let opened = withCStrings(names) { names in
            withCStrings(values) { PQconnectdbParams(names, $0, 1) }
        }
        guard let opened else { return nil }
        pointer = opened
        clibpq_silence_notices(pointer)
        PQsetnonblocking(pointer, 1)
    }

    deinit {
        PQfinish(pointer)
    }

    var isConnected: Bool { PQstatus(pointer) == CONNECTION_OK }
    var socket: Int32 { PQsocket(pointer) }
    var usesTLS: Bool { PQsslInUse(pointer) == 1 }
    var backendProcessID: Int32 { PQbackendPID(pointer) }
    var serverVersion: Int32 { PQserverVersion(pointer) }
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(pointer) }
    var errorMessage: String { String(cString: PQerrorMessage(pointer)) }

    /// Where this connection really went, so that a second one can go to the same server.
    var address: [(String, String)] {
        let text = { (value: UnsafeMutablePointer<CChar>?) in
            value.map { String(cString: $0) } ?? ""
        }
        return [
            ("host", text(PQhost(pointer))), ("hostaddr", text(PQhostaddr(pointer))),
            ("port", text(PQport(pointer))),
        ].filter { !$0.1.isEmpty }
    }

    /// Where a connection was tried, of several hosts the last, for people: `host db port 5432`, or
    /// the socket's file.
    ///
    /// A password with an `@` or a `/` in a URI that does not escape it is partly read as a host, a
    /// port or a database. So nothing is said once one of them looks like that.
    var place: String? {
        let address = Dictionary(uniqueKeysWithValues: address)
        guard let host = address["host"] ?? address["hostaddr"],
            let port = address["port"], port.allSatisfy(\.isASCIIDigit),
            host.allSatisfy(\.isOfAnAddress),
            !(PQdb(pointer).map { String(cString: $0) } ?? "").contains("@")
        else { return nil }
        guard host.hasPrefix("/") else { return "host \(host) port \(port)" }
        return "socket \(host)/.s.PGSQL.\(port)"
    }

    func cancelHandle() -> CancelHandle? {
        PQgetCancel(pointer).map(CancelHandle.init)
    }

    // Sending. All return false if libpq refused; the reason is `errorMessage`.

    func sendScript(_ sql: String) -> Bool {
        PQsendQuery(pointer, sql) == 1
    }

    func sendPrepare(name: String, sql: String, parameters: ParameterList) -> Bool {
        PQsendPrepare(pointer, name, sql, Int32(parameters.count), parameters.types) == 1
    }

    func sendPrepared(name: String, parameters: ParameterList) -> Bool {
        withParameters(parameters) { count, values, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1
        }
    }

    func sendUnprepared(sql: String, parameters: ParameterList) -> Bool {
        withParameters(parameters) { count, values, lengths, formats in
            PQsendQueryParams(
                pointer, sql, count, parameters.types, values, lengths, formats, 1) == 1
        }
    }

    func setSingleRowMode() -> Bool { PQsetSingleRowMode(pointer) == 1 }
    func enterPipelineMode() -> Bool { PQenterPipelineMode(pointer) == 1 }
    func exitPipelineMode() -> Bool { PQexitPipelineMode(pointer) == 1 }
    func sendPipelineSync() -> Bool { PQpipelineSync(pointer) == 1 }

    // The conversation. `flush` is 0 when done, 1 when the socket is full, −1 when broken.

    func flush() -> Int32 { PQflush(pointer) }
    func consumeInput() -> Bool { PQconsumeInput(pointer) == 1 }
    var isBusy: Bool { PQisBusy(pointer) == 1 }

    /// Blocks if `isBusy`.
    func getResult() -> ResultHandle? {
        PQgetResult(pointer).map(ResultHandle.init)
    }

    /// Channel, payload and sender of the next notification that has arrived.
    func nextNotification() -> Notification? {
        guard let notify = PQnotifies(pointer) else { return nil }
        defer { PQfreemem(notify) }
        return Notification(
            channel: String(cString: notify.pointee.relname),
            payload: String(cString: notify.pointee.extra),
            senderProcessID: notify.pointee.be_pid, isLagged: false)
    }

    /// 1: queued; 0: the socket is full; −1: the COPY is over.
    func putCopyData(_ bytes: [UInt8]) -> Int32 {
        bytes.withUnsafeBytes { raw in
            PQputCopyData(
                pointer, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
        }
    }

    /// Ends the COPY, or makes the server refuse it when there is a reason.
    func putCopyEnd(refusal: String?) -> Int32 {
        PQputCopyEnd(pointer, refusal)
    }

    /// Appends the next row of a COPY. >0: bytes appended; 0: must wait; −1: done; −2: error.
    func getCopyData(into bytes: inout [UInt8]) -> Int32 {
        var row: UnsafeMutablePointer<CChar>?
        let count = PQgetCopyData(pointer, &row, 1)
        if let row {
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(count)))
            PQfreemem(row)
        }
        return count
    }

    private func withParameters(
        _ parameters: ParameterList,
        _ send: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> Bool
    ) -> Bool {
        let count = parameters.count
        guard count > 0 else { return send(0, nil, nil, nil) }
        return parameters.buffer.bytes.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) {
                values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count * 2) { numbers in
                    // An empty value needs an address too: a null pointer would be NULL.
                    let base = bytes.baseAddress ?? UnsafeRawPointer(values.baseAddress!)
                    for (index, slot) in parameters.slots.enumerated() {
                        let address = (base + slot.offset).assumingMemoryBound(to: CChar.self)
                        values.initializeElement(at: index, to: slot.length < 0 ? nil : address)
                        numbers.initializeElement(at: index, to: max(0, slot.length))
                        numbers.initializeElement(at: count + index, to: 1)
                    }
                    let lengths = UnsafePointer(numbers.baseAddress!)
                    return send(
                        Int32(count), UnsafePointer(values.baseAddress!), lengths, lengths + count)
                }
            }
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }

    /// What names of hosts, their addresses and the directories of sockets are made of.
    fileprivate var isOfAnAddress: Bool {
        isASCII && (isLetter || isNumber || "._-:/%".contains(self))
    }
}

/// A null-terminated array of C strings, alive during the call.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let bytes = strings.map { Array($0.utf8CString) }
    let offsets = bytes.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    return bytes.flatMap { $0 }.withUnsafeBufferPointer { buffer in
        let pointers = strings.indices.map { index -> UnsafePointer<CChar>? in
            buffer.baseAddress.map { $0 + offsets[index] }
        }
        return (pointers + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
