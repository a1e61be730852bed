import EventStore
import Foundation
import Infusion
import InfusionJournal
import Testing

@Suite("Writing and reading")
struct RoundTripTests {
    private let codec = JournalCodec()

    @Test(arguments: EventType.allCases)
    func `any event comes back as it was, and has one spelling`(type: EventType) throws {
        for seed in 0..<300 {
            var random = RandomValues(seed: UInt64(seed))
            let event = PatientEvent.random(type, using: &random)
            #expect(EventType(of: event.fact) == type)
            let data = try codec.encode(event, cipher: Fixtures.cipher())
            #expect(data.type == type.name)
            #expect(data.payloadVersion == type.payloadVersion)
            let read = try codec.decode(Fixtures.recorded(data), cipher: Fixtures.cipher())
            #expect(read == event, "seed \(seed)")
            #expect(try codec.encode(read, cipher: Fixtures.cipher()) == data, "seed \(seed)")
        }
    }

    @Test(arguments: EventType.allCases)
    func `Foundation reads what is written`(type: EventType) throws {
        for seed in 0..<40 {
            var random = RandomValues(seed: UInt64(seed))
            let event = PatientEvent.random(type, using: &random)
            let data = try codec.encode(event, cipher: Fixtures.cipher())
            let theirs = try JSONSerialization.jsonObject(with: Data(data.payload))
            let ours = try JSONTree(JSONReader().read(data.payload))
            let isSame = FoundationJSON.isSame(ours, theirs)
            #expect(isSame, "seed \(seed)")
        }
    }

    @Test func `the clinical time goes to the envelope`() throws {
        let event = PatientEvent(
            effectiveAt: GoldenEvents.instant(3), fact: .orderReleased(GoldenEvents.id(4)))
        let data = try codec.encode(event, cipher: Fixtures.cipher())
        #expect(
            data.effectiveAt.microsecondsSinceUnixEpoch
                == event.effectiveAt.microsecondsSinceUnixEpoch)
        #expect(
            String(decoding: data.payload, as: UTF8.self)
                == #"{"order":"00000004-0000-4000-8000-0000000000a4"}"#)
    }

    @Test func `what has no stored form is refused with its path`() throws {
        func error(_ fact: PatientFact) -> JournalError? {
            #expect(throws: JournalError.self) {
                try codec.encode(
                    PatientEvent(effectiveAt: GoldenEvents.instant(0), fact: fact),
                    cipher: Fixtures.cipher())
            }
        }
        func path(_ error: JournalError?) -> String? {
            guard case .unwritable(_, let error) = error else { return nil }
            return error.path
        }
        #expect(path(error(.weightRecorded(Kilograms(.nan)))) == "/weightKilograms")
        #expect(path(error(.reactionRegraded(GoldenEvents.id(8), to: .ctcae(6)))) == "/grade")
        let far = Instant(microsecondsSinceUnixEpoch: .max)
        let slot = AppointmentSlot(site: SiteID("a"), chair: ChairID("b"), start: far, end: far)
        #expect(path(error(.appointmentMoved(GoldenEvents.id(6), to: slot))) == "/slot/start")
        let given = DoseGiven(
            id: GoldenEvents.id(7), given: .zero, lot: LotNumber("a"),
            expiry: CalendarDate(dayNumber: 3_000_000), localDate: CalendarDate(dayNumber: 0))
        #expect(path(error(.doseCompleted(given))) == "/expiry")
        let erased = IdentityCorrected(identity: .erased, gender: .other)
        #expect(
            error(.identityCorrected(erased))
                == .unwritable(
                    type: "identity-corrected",
                    PayloadError(.sealed(.nothingToSeal), path: "/identity")))
    }

    @Test func `an event too large to be read again is not written`() {
        let fact = PatientFact.clinicalContextSet([])
        #expect(throws: Never.self) {
            try codec.encode(
                PatientEvent(effectiveAt: GoldenEvents.effectiveAt, fact: fact),
                cipher: Fixtures.cipher())
        }
        let source = SourceIdentifier(system: String(repeating: "x", count: 1 << 20), value: "")
        let result = LabResult(
            id: GoldenEvents.id(2), analyte: .iron,
            value: LabValue(comparator: nil, reported: 1, reportedUnit: "g", canonical: 1),
            collectedAt: GoldenEvents.effectiveAt, status: .final, referenceLow: nil, source: source
        )
        #expect(throws: JournalError.self) {
            try codec.encode(
                PatientEvent(effectiveAt: GoldenEvents.effectiveAt, fact: .labRecorded(result)),
                cipher: Fixtures.cipher())
        }
    }

    @Test func `a patient's stream is named by the patient`() {
        let stream = PatientStream.id(of: Fixtures.patient)
        #expect(stream.description == "patient-9a000000-0000-4000-8000-00000000000b")
        #expect(PatientStream.patient(of: stream) == Fixtures.patient)
        #expect(PatientStream.patient(of: StreamID(category: "site", uuid: stream.uuid)) == nil)
    }
}
