import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The domain's no, in every case, as a client reads it.
@Suite struct RefusalTests {
    static let all: [Refusal] = [
        .patientAlreadyRegistered, .patientNotRegistered, .patientDeceased, .patientErased,
        .careNotEnded(open: "order 4711"), .patientMerged(into: Samples.patient),
        .mergeNotPossible(Samples.patient, .careNotEnded(open: "order 4711")),
        .notMerged(Samples.patient), .attributionNotOpen(EventVersion(52)),
        .invalidValue(field: "labs[3].value", problem: "out of range", accepted: "1 to 25 g/dL"),
        .inTheFuture(field: "startedAt"), .duplicateIdentifier(field: "id"),
        .labNotFound(Samples.lab), .labAlreadyRetracted(Samples.lab),
        .unknownProduct(ProductKey("rust"), accepted: ["injectafer", "monoferric"]),
        .unknownDosingRow(DosingRowID("X"), accepted: ["FCM-EU"]), .orderNotFound(Samples.order),
        .orderNotActive(Samples.order, status: "held"),
        .appointmentNotFound(Samples.appointment),
        .appointmentNotOpen(Samples.appointment, status: "missed"), .doseNotFound(Samples.dose),
        .siteClosed(SiteID("main"), at: Samples.instant),
        .chairNotFound(ChairID("chair-9"), accepted: ["chair-1"]),
        .chairRetired(ChairID("chair-1"), from: Samples.date),
        .chairOutOfService(ChairID("chair-1"), at: Samples.instant),
        .noResuscitationCover(at: Samples.instant), .afterLastStart(last: Samples.instant),
        .visitTooShort(minutes: 45, needed: 60), .patientElsewhere(Samples.appointment),
        .stockShort(
            StockShortage(
                product: ProductKey("injectafer"),
                vials: [StockShortage.Vials(size: Milligrams(750), count: 2, left: 1)])),
        .capacityOverrideNotAllowed(.administrator),
        .holdExpired(Samples.appointment, at: Samples.instant),
        .holdNotExpired(Samples.appointment, until: Samples.instant),
        .alreadyOnWaitlist(Samples.order), .notOnWaitlist(Samples.order),
        .offerNotAnswered(Samples.appointment, until: Samples.instant),
        .offerNotOpen(Samples.appointment),
        .doseNotInProgress(Samples.dose, status: "completed"),
        .doseNotPaused(Samples.dose, status: "in-progress"),
        .restartNotAllowed(Samples.dose, .watchedTooShort(minutes: 9, required: 15)),
        .doseStillInProgress(Samples.dose),
        .doseOutsideOrder(field: "planned", problem: "more than remains", accepted: "500 mg"),
        .reactionNotFound(Samples.reaction), .observationTooShort(minutes: 12, required: 30),
        .notStable(Samples.dose), .recheckNotOpen(Samples.recheck),
        .reviewNotOpen(EventVersion(17)),
        .overrideNotAllowed(.order, problem: "absolute"),
        .gateNotShut(.transfusion, on: Samples.date),
        .signOffNeeded(.seriousReaction, .prescriberRequired(.nurse)),
        .hemoglobinNeeded(since: Samples.date), .sameDayVisit(Samples.appointment),
        .orderFullyBooked(Samples.order, booked: 2, dosesLeft: 2),
        .gatesShut([
            Samples.finding(.order, .passed), Samples.finding(.diagnosis, .blocked),
            Samples.finding(.infection, .indeterminate),
        ]),
    ]

    @Test(arguments: all) func `a refusal keeps its code, version and position`(_ refusal: Refusal)
        async throws
    {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .refused(
                    refusal, version: StreamVersion(7), position: Position(4_711))
            }
            let answer = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            #expect(answer.code == refusal.code)
            #expect(answer.status == refusal.standing.rawValue)
            #expect(answer.json["version"] == 7)
            #expect(answer.json["position"] == 4711)
            #expect(answer.header("Ferrovia-Position") == "4711")
        }
    }

    @Test func `shut gates come with every finding`() async throws {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .refused(
                    Self.all[Self.all.count - 1], version: .none, position: .start)
            }
            let answer = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            #expect(answer.status == 409)
            #expect(answer.json["findings"]?.elements.count == 3)
            #expect(answer.json["detail"] == "G-DX, G-INFECT")
            #expect(answer.json["findings"]?[1]?["nextStep"] == "order-labs")
            let metrics = try await api.get("/metrics").text
            #expect(metrics.contains("ferrovia_refusals_total{rule=\"G-DX\"} 1"))
            #expect(metrics.contains("ferrovia_refusals_total{rule=\"G-INFECT\"} 1"))
            #expect(!metrics.contains("rule=\"G-ORDER\""))
        }
    }

    @Test func `a field of the domain becomes a pointer`() async throws {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .refused(
                    .invalidValue(
                        field: "labs[3].value", problem: "out of range",
                        accepted: "1 to 25 g/dL"), version: .none, position: .start)
            }
            let answer = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?[0]?["pointer"] == "/labs/3/value")
            #expect(answer.json["errors"]?[0]?["accepted"] == "1 to 25 g/dL")
        }
    }

    @Test func `what a question is refused for is a parameter`() async throws {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .refused(
                    .invalidValue(
                        field: "to", problem: "is 2030-01-01", accepted: "2027-02-20 or earlier"),
                    version: StreamVersion(7), position: Position(4_711))
            }
            let answer = try await api.get("/v1/sites/north/openings?visit=60&to=2030-01-01")
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?[0]?["parameter"] == "to")
            #expect(answer.json["errors"]?[0]?["pointer"] == nil)
            #expect(answer.json["detail"] == "to: is 2030-01-01")
        }
    }

    /// What the domain calls it, the command it is said of, and where its body holds it.
    static let members: [(String, String, String)] = [
        ("at", "measurements", "/measuredAt"), ("measurements", "measurements", ""),
        ("weight", "measurements", "/weight"), ("at", "context", "/effectiveAt"),
        ("facts[2]", "context", "/facts/2"), ("at", "transfusions", "/transfusedAt"),
        ("hemoglobin", "orders", ""), ("signature.signedAt", "orders", "/signature/signedAt"),
        ("slot.start", "appointments", "/start"), ("slot", "appointments", ""),
        ("slot.end", "move", "/end"), ("slot.start", "no-show", ""), ("slot", "confirm", ""),
        ("slot.end", "confirm", ""), ("at", "doses", "/startedAt"), ("at", "complete", "/endedAt"),
        ("at", "stop", "/endedAt"), ("at", "reactions", "/observedAt"),
        ("at", "discharge", "/dischargedAt"), ("correction.value.unit", "correct", "/unit"),
        ("correction.value", "correct", "/value"), ("correction.status", "correct", "/status"),
    ]

    @Test(arguments: members.indices)
    func `a field is named by its place in the body that was sent`(_ index: Int) async throws {
        let (field, route, pointer) = Self.members[index]
        let sent = try #require(Bodies.all.first { $0.path.hasSuffix("/" + route) })
        try await withAPI { api in
            api.stub.set {
                $0.failure = .refused(
                    .invalidValue(field: field, problem: "is wrong", accepted: "what is right"),
                    version: .none, position: .start)
            }
            let answer = try await api.command(sent.path, sent.text)
            #expect(answer.json["errors"]?[0]?["pointer"] == .string(pointer))
            let place = pointer.isEmpty ? field : pointer
            #expect(answer.json["detail"] == .string("\(place): is wrong"))
        }
    }
}
