public import EventStore
import Foundation
public import Infusion
import InfusionJournal
import InfusionProjections

/// An event as a history is read: no more of the envelope than a fold needs.
public struct StoredEvent: Sendable {
    public let patient: PatientID
    public let version: EventVersion
    public let position: Position
    public let recordedAt: Timestamp
    public let data: EventData
}

/// All events of one patient, in the order of the stream.
public struct PatientHistory: Sendable {
    public let patient: PatientID
    public internal(set) var events: [StoredEvent] = []

    var last: Position { events.last?.position ?? .start }

    /// The same up to a position.
    func upTo(_ position: Position) -> PatientHistory {
        guard last > position else { return self }
        return PatientHistory(
            patient: patient, events: Array(events.prefix { $0.position <= position }))
    }
}

/// A history read as far as it can be.
struct DecodedHistory: Sendable {
    var events: [PatientEvent] = []
    var positions = StreamPositions()
    /// Where reading stopped.
    var parked: ParkedStream?
}

/// Reads histories without any key: projections hold no identity, so sealed values stay sealed.
struct HistoryDecoder: Sendable {
    let tenant: TenantID
    let codec: JournalCodec

    func decode(_ history: PatientHistory) -> DecodedHistory {
        let cipher = cipher(of: history.patient)
        var decoded = DecodedHistory()
        for event in history.events {
            do throws(JournalError) {
                decoded.events.append(try codec.decode(event.data, cipher: cipher))
                decoded.positions.append(event.position)
            } catch {
                decoded.parked = ParkedStream(error, patient: history.patient, at: event.position)
                return decoded
            }
        }
        return decoded
    }

    func cipher(of patient: PatientID) -> SubjectCipher {
        SubjectCipher(
            subject: DataSubject(tenant: tenant, patient: patient), access: .unreachable,
            random: .system)
    }
}

extension ParkedStream {
    init(_ error: JournalError, patient: PatientID, at position: Position) {
        let reason: ParkingReason =
            switch error {
            case .unknownEventType: .unknownType
            case .unreadable, .unwritable, .anotherSubject: .undecodable
            }
        self.init(patient: patient, position: position, reason: reason, message: error.description)
    }
}
