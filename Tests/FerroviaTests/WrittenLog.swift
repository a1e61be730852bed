import EventStore
import Foundation
import PostgresEventStore

@testable import ferrovia

/// A log that nobody lived: patients who are registered and weighed, line by line as an export has them.
struct WrittenLog {
    /// A second before each of them was recorded.
    static let start = Timestamp(microsecondsSinceUnixEpoch: 1_780_000_000_000_000)
    static let tenant = TenantID(UUID(uuid: (1, 1, 1, 1, 1, 1, 0x41, 1, 0x81, 1, 1, 1, 1, 1, 1, 1)))

    private(set) var lines: [LogLine] = []
    private var head: Int64 = 0
    private var versions: [UUID: Int64] = [:]

    /// So many commands; each patient's first is the registration, every tenth changes nothing.
    init(commands: Int, patients: Int) {
        for number in 0..<commands {
            let patient = Self.id(1_000_000 + number % patients)
            if number % 10 == 9, versions[patient] != nil {
                accept(number, patient, events: [])
            } else if versions[patient] == nil {
                accept(number, patient, events: [Self.registered(patient)])
            } else {
                accept(number, patient, events: [Self.weighed, Self.measured])
            }
        }
    }

    var events: Int64 { head }
    var text: String { Self.text(lines) }

    /// These lines as an export.
    static func text(
        _ lines: [LogLine], keys: [SubjectRecord]? = nil, of tenant: TenantID = tenant
    ) -> String {
        let positions = lines.compactMap { line in
            if case .event(let event) = line { event.position } else { nil }
        }
        return sealed(
            lines.map { String(decoding: $0.bytes, as: UTF8.self) },
            from: positions.first ?? Position(1), head: positions.last ?? .start, keys: keys,
            of: tenant)
    }

    /// Lines, whatever they say, with a header before them and the end line that fits.
    static func sealed(
        _ lines: [String], from first: Position = Position(1), head: Position,
        keys: [SubjectRecord]? = nil, of tenant: TenantID = tenant
    ) -> String {
        let header = ExportHeader(tenant: tenant, from: first, head: head, hasKeys: keys != nil)
        let subjects = (keys ?? []).map { ExportLine.subject($0, of: tenant).bytes }
        var seal = ExportSeal()
        var text = ""
        for line in [header.line] + subjects + lines.map({ Array($0.utf8) }) {
            seal.add(line[...])
            text += String(decoding: line, as: UTF8.self) + "\n"
        }
        return text + String(decoding: seal.end(at: head).line, as: UTF8.self) + "\n"
    }

    /// Ends with an event that no program can read, of a patient there is.
    mutating func dream(of patient: UUID) {
        accept(
            900_001, patient,
            events: [Happened("weight-dreamt", payload: [0xFF, 0x00, 0x7B])])
    }

    /// The patient whose key the events destroy goes last.
    mutating func erase(_ patient: UUID) {
        accept(
            900_000, patient,
            events: [Happened("patient-erased", #"{"reason":"patient-request"}"#)])
    }

    static func id(_ number: Int) -> UUID {
        let bytes = withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        return UUID(
            uuid: (
                0x9A, 0, 0, 0, 0, 0, 0x40, 0, bytes[0] | 0x80, bytes[1], bytes[2], bytes[3],
                bytes[4], bytes[5], bytes[6], bytes[7]
            ))
    }

    private struct Happened {
        let type: String
        let payload: [UInt8]

        init(_ type: String, payload: [UInt8]) {
            self.type = type
            self.payload = payload
        }

        init(_ type: String, _ payload: String) {
            self.init(type, payload: Array(payload.utf8))
        }
    }

    private mutating func accept(_ number: Int, _ patient: UUID, events: [Happened]) {
        let id = CommandID(Self.id(2_000_000 + number))
        let stream = StreamID(category: "patient", uuid: patient)
        let recorded = Timestamp(
            microsecondsSinceUnixEpoch: Self.start.microsecondsSinceUnixEpoch + Int64(number)
                * 1_000)
        let first = head + 1
        for event in events {
            head += 1
            versions[patient, default: 0] += 1
            lines.append(
                .event(
                    RecordedEvent(
                        tenant: Self.tenant, position: Position(head), stream: stream,
                        version: StreamVersion(versions[patient] ?? 0), commandID: id,
                        data: EventData(
                            type: event.type, payloadVersion: 1, payload: event.payload,
                            effectiveAt: recorded),
                        metadata: EventMetadata(
                            actor: "nurse \"1\"", correlationID: Self.id(number),
                            causation: number % 7 == 1 ? Position(1) : nil, ruleSet: "2026.11.0"),
                        recordedAt: recorded, logEpoch: 1)))
        }
        lines.append(
            .command(
                AcceptedCommand(
                    commandID: id, fingerprint: Array("digest \(number)".utf8), stream: stream,
                    positions: events.isEmpty ? nil : Position(first)...Position(head),
                    version: StreamVersion(versions[patient] ?? 0), head: Position(head),
                    answer: Array(#"{"events":\#(events.count)}"#.utf8), recordedAt: recorded)))
    }

    private static let weighed = Happened("weight-recorded", #"{"weightKilograms":"70.5"}"#)
    private static let measured = Happened("height-recorded", #"{"heightCentimeters":"168"}"#)

    private static func registered(_ patient: UUID) -> Happened {
        let identity =
            #"{"alg":"A256GCM","kid":"FAsmN9nfwHlVX5OCikshCg","nonce":"kJGSk5SVlpeYmZqb","#
            + #""ct":"DRXgX7y3Bp_ax_SPnyea1Mft9f4HbRAPIJpYh3c7DRg"}"#
        return Happened(
            "patient-registered",
            #"{"patient":"\#(patient.uuidString.lowercased())","identity":\#(identity),"#
                + #""gender":"female","site":"boston"}"#
        )
    }
}
