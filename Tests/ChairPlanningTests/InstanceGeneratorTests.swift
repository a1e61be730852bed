import ChairPlanning
import Testing

@Suite("Instance generator")
struct InstanceGeneratorTests {
    @Test
    func `the same numbers give the same instance, another seed another`() throws {
        let make = { (seed: UInt64) in
            try InstanceGenerator(visits: 40, chairs: 10, loadPercent: 90, seed: seed).instance()
        }
        #expect(try make(3) == make(3))
        #expect(try make(3) != make(4))
    }

    @Test
    func `its rules are its own, whatever the defaults are`() throws {
        let instance = try InstanceGenerator(
            visits: 20, chairs: 8, loadPercent: 90, seed: 1
        ).instance()
        #expect(
            instance.rules
                == StaffingRules(startsPerNurse: 2, patientsPerNurse: 4, bufferMinutes: 15))
    }

    @Test(arguments: [(20, 8), (40, 12), (60, 12), (100, 20), (150, 30), (200, 40)])
    func `every size has every load, and the load is what was asked for`(
        visits: Int, chairs: Int
    ) throws {
        for load in stride(from: 60, through: 110, by: 10) {
            let instance = try InstanceGenerator(
                visits: visits, chairs: chairs, loadPercent: load, seed: 1
            ).instance()
            #expect(instance.visits.count == visits && instance.chairs.count == chairs)
            let asked = instance.visits.reduce(0) { $0 + $1.holdMinutes }
            let regular = instance.days[0].overtimeFrom - instance.days[0].opens
            let found = Double(asked) * 100 / Double(chairs * regular)
            #expect(abs(found - Double(load)) <= 4, "\(visits) on \(chairs): \(found)")
        }
    }

    @Test
    func `what no day can hold is refused by name`() {
        #expect(throws: PlanProblems.self) {
            try InstanceGenerator(visits: 200, chairs: 1, loadPercent: 60, seed: 1).instance()
        }
        do {
            _ = try InstanceGenerator(visits: 0, chairs: 8, loadPercent: 90, seed: 1)
            Issue.record("accepted")
        } catch {
            #expect(error.description == "/visits: is 0; accepted: 1 to 1000")
        }
    }
}
