import Infusion
import Testing

/// A comparator is kept: `<15` is below fifteen, `>2000` is above two thousand.
@Suite struct IronStatusComparatorTests {
    private typealias Fixture = StatusFixture

    @Test func `below 15 is below 30`() {
        #expect(Fixture.classify(.general, "<15", "10").classification == .absolute)
        #expect(Fixture.classify(.general, "<15", nil).classification == .absoluteProvisional)
        #expect(Fixture.classify(.general, "<30", "10").classification == .absolute)
        #expect(Fixture.classify(.general, "<=30", "10", crp: "1").classification == .indeterminate)
    }

    @Test func `above 2000 is overload`() {
        for context in ClinicalContext.allCases {
            #expect(Fixture.classify(context, ">2000", nil).classification == .overload)
        }
        #expect(Fixture.classify(.general, ">800", "10").classification == .overload)
        #expect(
            Fixture.classify(.general, ">=800", "10", crp: "9").classification == .indeterminate)
    }

    @Test func `a comparator that leaves the answer open leaves it open`() {
        let status = Fixture.classify(.general, "<40", "10", crp: "20")
        #expect(status.classification == .indeterminate)
        #expect(status.flags == [.comparatorLeavesOpen])
        // In heart failure both sides of 30 are absolute.
        #expect(Fixture.classify(.heartFailure, "<40", "10").classification == .absolute)
        #expect(Fixture.classify(.ckdNonDialysis, "<40", "10").eligibleToStart == true)
        #expect(Fixture.classify(.ckdNonDialysis, ">200", "10").eligibleToStart == nil)
        #expect(Fixture.classify(.general, "50", "<20", crp: "20").classification == .functional)
        #expect(Fixture.classify(.general, "50", "<21", crp: "20").classification == .indeterminate)
        #expect(Fixture.classify(.general, "50", ">60").classification == .discordant)
    }

    @Test func `a C-reactive protein below 5 is normal, below 10 leaves it open`() {
        #expect(Fixture.classify(.general, "50", "15", crp: "<5").classification == .possible)
        #expect(Fixture.classify(.general, "50", "15", crp: "<10").classification == .indeterminate)
        #expect(Fixture.classify(.general, "50", "15", crp: ">5").classification == .functional)
        #expect(Fixture.classify(.general, "20", "15", crp: "<10").classification == .absolute)
    }
}
