import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import Testing

@Suite struct `The sites file` {
    func read(_ policy: String) throws(SitesFile.Problem) -> SitesFile {
        try SitesFile(
            json: Array(
                #"{"sites":[{"id":"main","timeZone":"Europe/Rome","region":"eu","policy":\#(policy)}]}"#
                    .utf8), pathways: .standard)
    }

    @Test func `a site's policy differs from the defaults where the file says so`() async throws {
        let file = try read(
            #"{"ironMaxAgeDays":42,"phosphateForEveryPatient":true,"feverFrom":37.8}"#)
        let site = try #require(try await file.sites(of: TenantID(UUID())).first)
        let policy = KnowledgeInForce.shipped.settings(of: site).policy
        var expected = ClinicalPolicy.standard
        expected.diagnosis.ironMaxAgeDays = 42
        expected.phosphate.checkEveryPatient = true
        expected.chairside.feverFrom = 37.8
        #expect(policy == expected)
    }

    private func read(gates: String) throws(SitesFile.Problem) -> SitesFile {
        try SitesFile(
            json: Array(
                #"{"sites":[{"id":"main","timeZone":"Europe/Rome","region":"eu","gates":\#(gates)}]}"#
                    .utf8), pathways: .standard)
    }

    @Test func `a site lets gates shut harder`() async throws {
        let file = try read(gates: #"{"G-SEQ":"hard","G-CONSENT":"absolute","G-ORAL":"soft"}"#)
        let site = try #require(try await file.sites(of: TenantID(UUID())).first)
        let raised = KnowledgeInForce.shipped.settings(of: site).raisedGates
        #expect(raised.severity(.soft, of: .sequestration) == .hard)
        #expect(raised.severity(.soft, of: .consent) == .absolute)
        #expect(raised.severity(.information, of: .oralIron) == .soft)
        #expect(raised.severity(.soft, of: .atopy) == .soft)
    }

    @Test(arguments: [
        (
            #"{"G-DX":"soft"}"#,
            "/sites/0/gates/G-DX: G-DX shuts harder than soft; accepted: absolute, hard"
        ),
        (
            #"{"G-ORDER":"hard"}"#,
            "/sites/0/gates/G-ORDER: G-ORDER shuts harder than hard; accepted: absolute"
        ),
        (
            #"{"G-HFINFO":"soft"}"#,
            "/sites/0/gates/G-HFINFO: G-HFINFO is information and never a gate"
        ),
        (#"{"G-DXX":"hard"}"#, "/sites/0/gates/G-DXX: no gate; accepted: G-ORDER"),
        (#"{"G-DX":"firm"}"#, "no severity; accepted: absolute, hard, soft, information"),
    ])
    func `a gate that would be weaker is refused by name`(_ gates: String, _ says: String) {
        let problem = #expect(throws: SitesFile.Problem.self) { try read(gates: gates) }
        #expect(problem?.description.contains(says) == true, "\(problem?.description ?? "none")")
    }

    @Test(arguments: [
        (#"{"ironMaxAge":42}"#, "/sites/0/policy/ironMaxAge: no setting"),
        (#"{"maintenanceMaxAgeDays":15}"#, "a whole number from 0 to 14"),
        (#"{"ironMaxAgeDays":4.5}"#, "a whole number from 1 to 120"),
        (#"{"ironMaxAgeDays":"42"}"#, "/sites/0/policy/ironMaxAgeDays: accepted"),
        (#"{"phosphateForEveryPatient":1}"#, "yes or no"),
        (
            #"{"hemoglobinResponseDueDays":35}"#,
            "/sites/0/policy/hemoglobinResponseDueDays: accepted: 28, which is fixed"
        ),
        (#"{"preOperativeDueDays":-35}"#, "a whole number from -28 to -14"),
        (#"[]"#, "/sites/0/policy"),
    ])
    func `a setting that cannot be is named with what could`(_ policy: String, _ says: String) {
        let problem = #expect(throws: SitesFile.Problem.self) { try read(policy) }
        #expect(problem?.description.contains(says) == true, "\(problem?.description ?? "none")")
    }
}
