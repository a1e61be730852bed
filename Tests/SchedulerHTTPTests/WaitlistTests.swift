import Infusion
import InfusionProjections
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// The wait list as it is asked and answered.
@Suite struct WaitlistTests {
    @Test func `the list is told with each place, each wish and the cursor of the next page`()
        async throws
    {
        try await withAPI { api in
            let answer = try await api.get("/v1/sites/north/waitlist")
            #expect(answer.status == 200)
            #expect(answer.header("Ferrovia-Position") == "4711")
            let row = answer.json["rows"]?[0]
            #expect(row?["order"] == .id(Samples.order))
            #expect(row?["urgency"] == "urgent")
            #expect(row?["weekdays"] == ["monday", "thursday"])
            #expect(row?["hours"]?["until"] == "24:00")
            #expect(row?["offer"]?["appointment"] == .id(Samples.appointment))
            let token = try #require(answer.json["next"]?.string)
            #expect(WaitlistPlace(token: token) == Samples.waitlistRow.place)
            let last = try await api.get("/v1/sites/north/waitlist?cursor=\(token)")
            #expect(last.json["next"] == .null)
            for wrong in ["cursor=urgent", "knownAt=soon", "limit=0", "status=waiting"] {
                #expect(try await api.get("/v1/sites/north/waitlist?\(wrong)").status == 400)
            }
        }
    }

    @Test func `a patient's list has what was booked and what waits`() async throws {
        try await withAPI { api in
            let answer = try await api.get("/v1/patients/\(Samples.patient)/waitlist")
            #expect(answer.status == 200)
            let entries = answer.json["entries"]
            #expect(entries?[0]?["left"]?["reason"]?["kind"] == "booked")
            #expect(entries?[0]?["offer"] == .null)
            #expect(entries?[1]?["left"] == .null)
            #expect(entries?[1]?["offer"]?["appointment"] == .id(Samples.appointment))
        }
    }

    @Test func `who could be offered a time is told, and why not who could not`() async throws {
        try await withAPI { api in
            let path = "/v1/sites/north/waitlist/offers"
            let answer = try await api.get("\(path)?freed=\(Samples.appointment)")
            #expect(answer.status == 200)
            #expect(answer.json["chair"] == "chair-3")
            #expect(answer.json["gaveBack"]?.elements.count == 1)
            #expect(answer.json["gaveBack"]?[0]?["chair"] == "chair-3")
            let kinds = answer.json["candidates"]?.elements.map { $0["candidacy"]?["kind"] }
            #expect(
                kinds == [
                    "fits", "unsuitable", "offeredBefore", "offered", "refused", "gatesShut",
                    "full",
                ])
            let candidates = answer.json["candidates"]
            #expect(candidates?[1]?["candidacy"]?["misfit"] == "notice")
            #expect(candidates?[4]?["candidacy"]?["code"] == "order-fully-booked")
            #expect(candidates?[5]?["candidacy"]?["gates"] == ["G-DX", "G-PO4"])
            #expect(candidates?[5]?["candidacy"]?["constraint"] == .null)
            #expect(candidates?[6]?["candidacy"]?["constraint"] == "nurse-patients")
            let span = "from=2026-03-10T09:00:00Z&until=2026-03-10T10:30:00Z"
            #expect(try await api.get("\(path)?chair=chair-3&\(span)").status == 200)
            let freed = "freed=\(Samples.appointment)"
            #expect(try await api.get("\(path)?\(freed)&chair=chair-3&\(span)").status == 200)
            let long = "from=2026-03-10T09:00:00Z&until=2026-03-11T09:00:00Z"
            for wrong in [
                "", "chair=chair-3", "\(freed)&chair=chair-3", "chair=chair-3&\(long)", "freed=x",
                "chair=chair-3&from=2026-03-10T09:00:00Z&until=2026-03-10T09:00:00Z",
            ] {
                #expect(try await api.get("\(path)?\(wrong)").status == 400, "\(wrong)")
            }
        }
    }
}
