import Testing

@testable import ferrovia

@Suite struct CountedNounTests {
    @Test func `one is singular, every other number is plural`() {
        #expect(0.counted("row") == "0 rows")
        #expect(1.counted("row") == "1 row")
        #expect(2.counted("row") == "2 rows")
        #expect(Int64(21).counted("row") == "21 rows")
    }

    @Test func `what does not take an s is said whole`() {
        #expect(1.counted("patient has", "patients have") == "1 patient has")
        #expect(0.counted("patient has", "patients have") == "0 patients have")
    }
}
