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
