import Foundation
import Infusion
import Testing

@testable import InfusionJournal

/// The codes of every enumeration, against `Golden/codes.txt`. Golden payloads show only some of them;
/// this file holds them all, and like a golden file it is added to and never edited.
@Suite("Code tables")
struct CodeTableTests {
    private static let tables: [(name: String, codes: [String])] = [
        table(AdministrativeGender.self), table(ClinicalContext.self), table(Therapy.self),
        table(Analyte.self), table(Comparator.self), table(ResultStatus.self),
        table(LabRetracted.Reason.self),
        table(Moiety.self), table(NeedMethod.self), table(HoldReason.self),
        table(CancellationReason.self),
        table(Gate.self), table(Severity.self), table(Verdict.self), table(OverrideReason.self),
        table(ClinicalRole.self), table(StopReason.self), table(ReactionKind.self),
        table(RecheckRule.self),
        table(Urgency.self), table(RecheckCloseReason.self), table(SkipReason.self),
        table(ClinicalCondition.self), table(Symptom.self), table(BleedingSource.self),
        table(PlannedEvent.self), table(PastEvent.self), table(ReviewOutcome.self),
        table(ChairKind.self), table(ChairEquipment.self), table(OutageReason.self),
        table(CapacityRule.self), table(CapacityReason.self),
        table(ClosureReason.self), table(StaffRole.self), table(ShiftChangeReason.self),
        table(Weekday.self), table(UnmergeReason.self), table(RecordOwner.self),
        table(PatientRisk.self), table(IntravenousReason.self),
        table(NamedTest.self), table(StandingBlock.self), table(SignOffReason.self),
        table(GradeScale.self), table(ReactionAction.self), table(ReactionOutcome.self),
    ]

    private static func table<Code: StoredCode>(_: Code.Type) -> (name: String, codes: [String]) {
        (Code.storedName, Code.allCases.map(\.storedCode))
    }

    private static let lines = tables.map { "\($0.name): \($0.codes.joined(separator: " "))\n" }

    @Test func `every code is as it was first chosen`() throws {
        let file = GoldenFiles.folder.appending(path: "codes.txt")
        if ProcessInfo.processInfo.environment["FERROVIA_RECORD_GOLDEN"] == "1",
            !FileManager.default.fileExists(atPath: file.path)
        {
            try Data(CodeTableTests.lines.joined().utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == CodeTableTests.lines.joined())
    }

    @Test func `no enumeration gives one code twice, and every code is in the catalogue`() throws {
        let catalogue = try Catalogue.text()
        for (name, codes) in CodeTableTests.tables {
            #expect(Set(codes).count == codes.count, "\(name)")
            let row = "| \(name) | \(codes.map { "`\($0)`" }.joined(separator: " ")) |"
            #expect(catalogue.contains(row), "\(row)")
        }
    }
}
