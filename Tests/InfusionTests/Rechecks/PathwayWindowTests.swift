import Foundation
import Infusion
import InfusionKnowledge
import Testing

/// Windows and urgencies are the pathways': other numbers there are other rows here.
@Suite struct `Windows of the pathways` {
    /// Dosed once, at a site that has set these.
    private func dosed(
        _ own: [PolicySetting: Decimal], then: (inout Story) -> Void = { _ in }
    ) -> Story {
        var pathways = ClinicalPathways.standard
        for (setting, number) in own {
            let isTaken = pathways.set(.decimal(number), for: setting)
            #expect(isTaken, "\(setting)")
        }
        let policy = pathways.policy
        var story = given { story in
            story.clinic.policy = policy
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.dose(1, 750, on: "2026-03-02")
        then(&story)
        return story
    }

    @Test func `a site's own days move an engineering default`() throws {
        let shipped = try #require(dosed([:]).open(.symptomCheck))
        #expect(shipped.due == date("2026-03-04"))
        #expect(shipped.overdueAfter == date("2026-03-06"))
        let own = try #require(
            dosed([.symptomCheckDueDays: 1, .symptomCheckOverdueDays: 3]).open(.symptomCheck))
        #expect(own.earliest == shipped.earliest)
        #expect(own.due == date("2026-03-03"))
        #expect(own.overdueAfter == date("2026-03-05"))
        let due = try #require(own.predicates.first { $0.name == "due" })
        #expect(due.threshold.hasSuffix("+ 1 d"))
        #expect(due.source == "set by the site; facts §6 R1 (ED M)")
        let earliest = try #require(own.predicates.first { $0.name == "earliest" })
        #expect(earliest.source == "facts §6 R1 (ED M)")
    }

    @Test func `what a label says is no site's to move`() {
        var pathways = ClinicalPathways.standard
        for (setting, number) in [
            (PolicySetting.hemoglobinResponseEarliestDays, Decimal(27)),
            (.hemoglobinResponseDueDays, 35), (.hemoglobinTrendOverdueDays, 28),
            (.phosphateCheckDueDays, 21), (.maintenanceOverdueDays, 21),
            (.beforeDeliveryOverdueDays, -14), (.ferumoxytolEarliestDays, 28),
        ] {
            let isTaken = pathways.set(.decimal(number), for: setting)
            #expect(!isTaken, "\(setting)")
        }
        #expect(pathways == .standard)
    }

    @Test func `a ladder can begin earlier and never later`() throws {
        let anemic = dosed([.hemoglobinUrgentBelow: 9, .urgentDays: 2]) { story in
            story.lab(.hemoglobin, decimal("8.5"), on: "2026-03-06")
        }
        let row = try #require(anemic.open(.hemoglobinTrend))
        #expect(row.urgency == .urgent)
        #expect(row.due == date("2026-03-06"))
        #expect(row.overdueAfter == date("2026-03-08"))
        let shipped = dosed([:]) { $0.lab(.hemoglobin, decimal("8.5"), on: "2026-03-06") }
        #expect(shipped.open(.hemoglobinTrend)?.urgency == .routine)
        var pathways = ClinicalPathways.standard
        for (setting, number) in [
            (PolicySetting.hemoglobinEmergencyBelow, decimal("6.5")), (.hemoglobinUrgentBelow, 7),
            (.phosphateEmergencyBelow, decimal("0.9")), (.urgentDays, 4), (.emergencyDays, 1),
        ] {
            let isTaken = pathways.set(.decimal(number), for: setting)
            #expect(!isTaken, "\(setting)")
        }
    }

    @Test func `where results count later, they are due later`() throws {
        let shipped = try #require(dosed([:]).open(.ironStores))
        #expect(shipped.earliest == date("2026-03-30"))
        #expect(shipped.due == date("2026-03-30"))
        let own = try #require(dosed([.ironSpecimenDays: 42]).open(.ironStores))
        #expect(own.earliest == date("2026-04-13"))
        #expect(own.due == date("2026-04-13"))
        #expect(own.overdueAfter == shipped.overdueAfter)
        #expect(own.predicates.contains { $0.name == "iron-in-42-days" && $0.value == "750" })
    }
}
