import Foundation
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The OpenAPI document and the tables of the docs against the code.
@Suite struct DocumentTests {
    let document: JSON

    init() throws { document = try JSON(reading: OpenAPIDocument.bytes) }

    @Test func `every route is in the document, and nothing else`() {
        let methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]
        var described: Set<String> = []
        for path in document["paths"]?.names ?? [] {
            for method in document["paths"]?[path]?.names ?? [] where methods.contains(method) {
                described.insert("\(method) \(path)")
            }
        }
        let routed = Set(
            SchedulerAPI.endpoints.map { "\($0.method.rawValue.lowercased()) \($0.template)" })
        #expect(described == routed)
    }

    @Test func `scopes, keys and parameters are the routes' own`() {
        for endpoint in SchedulerAPI.endpoints {
            let operation =
                document["paths"]?[endpoint.template]?[endpoint.method.rawValue.lowercased()]
            let parameters = (operation?["parameters"]?.elements ?? []).compactMap { parameter in
                parameter["$ref"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
            }.compactMap { document["components"]?["parameters"]?[$0] }
            func names(_ place: String) -> Set<String> {
                Set(
                    parameters.filter { $0["in"] == .string(place) }.compactMap {
                        $0["name"]?.string
                    })
            }
            #expect(names("query") == endpoint.queryParameters, "\(endpoint.template)")
            #expect(names("header").contains("Idempotency-Key") == (endpoint.kind == .command))
            #expect(names("header").contains("Ferrovia-Co-Signer") == endpoint.takesCoSigner)
            switch endpoint.access {
            case .open: #expect(operation?["security"] == [])
            case .token(let scope): #expect(operation?["x-scope"] == .string(scope.rawValue))
            case .tokenOrLink(let scope):
                #expect(operation?["x-scope"] == .string(scope.rawValue))
                #expect(operation?["security"]?[1]?["calendarLink"] == [])
            }
        }
    }

    private func values(_ schema: String) -> [String] {
        document["components"]?["schemas"]?[schema]?["enum"]?.elements.compactMap(\.string) ?? []
    }

    private func check<Value: CaseIterable & RawRepresentable<String>>(
        _ schema: String, _ type: Value.Type
    ) {
        #expect(values(schema) == Value.allCases.map(\.rawValue), "\(schema)")
    }

    @Test func `enumerations are the domain's`() {
        check("AdministrativeGender", AdministrativeGender.self)
        check("Analyte", Analyte.self)
        check("Comparator", Infusion.Comparator.self)
        check("ResultStatus", ResultStatus.self)
        check("LabRetractionReason", LabRetracted.Reason.self)
        check("ClinicalContext", ClinicalContext.self)
        check("Moiety", Moiety.self)
        check("Therapy", Therapy.self)
        check("NeedMethod", NeedMethod.self)
        check("IntravenousReason", IntravenousReason.self)
        check("NamedTest", NamedTest.self)
        check("HoldReason", HoldReason.self)
        check("CancellationReason", CancellationReason.self)
        check("UnmergeReason", UnmergeReason.self)
        check("RecordOwner", RecordOwner.self)
        check("StopReason", StopReason.self)
        check("ReactionKind", ReactionKind.self)
        check("ReactionClass", ReactionClass.self)
        check("BedsideAction", BedsideAction.self)
        check("GradeScale", GradeScale.self)
        check("ReactionAction", ReactionAction.self)
        check("ReactionOutcome", ReactionOutcome.self)
        check("Gate", Gate.self)
        check("Severity", Severity.self)
        check("Verdict", Verdict.self)
        check("OverrideReason", OverrideReason.self)
        check("ClinicalRole", ClinicalRole.self)
        check("PatientRisk", PatientRisk.self)
        check("SignOffReason", SignOffReason.self)
        check("StandingBlock", StandingBlock.self)
        check("RecheckRule", RecheckRule.self)
        check("Urgency", Urgency.self)
        check("RecheckCloseReason", RecheckCloseReason.self)
        check("ReviewOutcome", ReviewOutcome.self)
        check("RecheckStatus", RecheckStatus.self)
        check("OrderStatus", OrderStatus.self)
        check("DoseStatus", DoseStatus.self)
        check("InfusionRoute", InfusionTimeRule.Route.self)
        check("Diluent", Diluent.self)
        check("NoPreparationReason", NoPreparation.Reason.self)
        check("FirstPortionKind", FirstPortion.Kind.self)
        check("EvidenceMark", EvidenceMark.self)
        check("Confidence", Confidence.self)
        check("NewFactCode", NewFact.Code.self)
        check("WouldChangeReason", WouldChange.Reason.self)
        check("ChairKind", ChairKind.self)
        check("ChairEquipment", ChairEquipment.self)
        check("OutageReason", OutageReason.self)
        check("CapacityRule", CapacityRule.self)
        check("CapacityReason", CapacityReason.self)
        check("ClosureReason", ClosureReason.self)
        check("ShiftChangeReason", ShiftChangeReason.self)
        check("OpeningConstraint", OpeningConstraint.self)
        check("PatientWish", PatientWish.self)
        check("UnjudgedMatter", UnjudgedMatter.self)
        check("UnfitReason", UnfitReason.self)
        check("CalendarStatus", InfusionProjections.AppointmentStatus.self)
        check("VisitKind", CalendarEntry.Kind.self)
        check("Weekday", Weekday.self)
        check("WaitlistStatus", WaitlistStatus.self)
        check("WaitlistMisfit", WaitlistMisfit.self)
    }

    static let codes: [(code: String, status: Int, title: String)] =
        ProblemCode.allCases.map { ($0.rawValue, $0.status, $0.title) }
        + RefusalTests.all.filter { $0.code != ProblemCode.slotTaken.rawValue }
        .map { ($0.code, $0.standing.rawValue, $0.title) }
        + sites.map { ($0.code, $0.standing.rawValue, $0.title) }

    /// What a site refuses, but for what a booking is refused by the same words, and the value that is not
    /// possible, which is everybody's.
    static let sites: [SiteRefusal] = [
        .siteNotOpened, .siteAlreadyOpened(timeZone: "Europe/Rome"),
        .hoursNotFound(validFrom: Samples.date), .entryNotFound(.shift, SiteEntryID("early")),
        .entryWithdrawn(.closure, SiteEntryID("flood")),
        .staffOnOtherShift(StaffCode("R-07"), SiteEntryID("early")),
        .missingFromPlan(chairs: [ChairID("chair-1")], hours: []),
    ]

    /// Who is elsewhere is told so before the log is asked as by it.
    @Test func `a time that is taken has one code, by whichever it is told`() {
        let refusal = Refusal.patientElsewhere(Samples.appointment)
        #expect(refusal.code == ProblemCode.slotTaken.rawValue)
        #expect(refusal.standing.rawValue == ProblemCode.slotTaken.status)
        #expect(refusal.title == ProblemCode.slotTaken.title)
    }

    @Test func `problem codes are the document's`() {
        #expect(Set(values("ProblemCode")) == Set(Self.codes.map(\.code)))
        #expect(Set(Self.codes.map(\.code)).count == Self.codes.count)
    }

    private static func docs(_ name: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "docs/\(name)"), encoding: .utf8)
    }

    /// Rows of a Markdown table, cells without their back-ticks.
    private static func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
            }
        }
    }

    @Test func `the table of errors is complete and right`() throws {
        let rows = Self.rows(try Self.docs("errors.md"))
        let table = Dictionary(rows.map { ($0[0], ($0[1], $0[2])) }) { first, _ in first }
        #expect(rows.count == Self.codes.count)
        for (code, status, title) in Self.codes {
            #expect(table[code]?.0 == String(status), "\(code)")
            #expect(table[code]?.1 == title, "\(code)")
        }
    }

    @Test func `why records are not merged is told word by word`() throws {
        let problems: [MergeProblem] = [
            .samePatient, .notRegistered, .erased, .alreadyMerged(into: Samples.patient),
            .hasMerged(Samples.patient), .careNotEnded(open: "order 4711"), .deathDiffers,
            .sharedRecord("order 4711"), .tooLong(events: 901, accepted: 900),
        ]
        let schema = document["components"]?["schemas"]?["Problem"]?["properties"]?["merge"]
        #expect(schema?["enum"]?.elements.compactMap(\.string) == problems.map(\.code))
        let text = try Self.docs("errors.md")
        for problem in problems {
            #expect(text.contains("`\(problem.code)`"), "\(problem.code)")
        }
    }

    @Test func `the table of routes is complete and right`() throws {
        let listed = Set(
            Self.rows(try Self.docs("api.md")).filter { $0[0].contains(" /") }
                .map { "\($0[0]) \($0[1])" })
        let routed = Set(
            SchedulerAPI.endpoints.map { endpoint in
                let scope =
                    switch endpoint.access {
                    case .open: "—"
                    case .token(let scope), .tokenOrLink(let scope): scope.rawValue
                    }
                return "\(endpoint.method.rawValue) \(endpoint.template) \(scope)"
            })
        #expect(listed == routed)
    }
}
