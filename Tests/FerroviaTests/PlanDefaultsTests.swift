import ChairPlanning
import Infusion
import Testing

/// What is planned by defaults is booked by defaults: the planner and the sites know nothing of each other.
@Suite struct PlanDefaultsTests {
    @Test
    func `a plan that sets no limits has those of a site that has set none`() {
        let planned = StaffingRules.standard
        #expect(planned.startsPerNurse == CapacityLimit.startsPerNurse.standard)
        #expect(planned.patientsPerNurse == CapacityLimit.patientsPerNurse.standard)
        #expect(planned.bufferMinutes == CapacityLimit.closingBufferMinutes.standard)
    }
}
