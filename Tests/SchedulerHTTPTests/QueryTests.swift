import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire
import Testing

@testable import SchedulerHTTP

@Suite struct QueryTests {
    static let patient = "/v1/patients/\(Samples.patient)"

    @Test func `a patient is found by an identifier, in the URL or out of it`() async throws {
        try await withAPI { api in
            let byURL = try await api.get("/v1/patients?identifier=urn%3Aoid%3A1.2.3%7CRSS%20GLI")
            let byBody = try await api.send(
                .post, "/v1/patients/search",
                body: #"{"identifier":{"system":"urn:oid:1.2.3","value":"RSS GLI"}}"#)
            #expect(byURL.status == 200)
            #expect(byURL.text == byBody.text)
            #expect(byURL.json["patients"]?[0]?["id"] == .id(Samples.patient))
            #expect(
                api.stub.identifiers
                    == Array(
                        repeating: PatientIdentifier(system: "urn:oid:1.2.3", value: "RSS GLI"),
                        count: 2))
        }
    }

    @Test func `nobody is an empty list`() async throws {
        try await withAPI { api in
            let answer = try await api.get("/v1/patients?identifier=urn:x|unknown")
            #expect(answer.status == 200)
            #expect(answer.json["patients"] == [])
        }
    }

    @Test func `the gates are asked about a dose, and nothing is recorded`() async throws {
        try await withAPI { api in
            let order = "/v1/orders/\(Samples.order)/gates"
            let answer = try await api.get("\(order)?dose=500&at=2026-03-09T10:00:00Z")
            #expect(answer.status == 200)
            #expect(answer.header("Ferrovia-Position") == "4711")
            #expect(answer.json["dose"]?["value"] == .number("500"))
            #expect(answer.json["open"] == false)
            #expect(answer.json["findings"]?[1]?["gate"] == "G-INTERVAL")
            #expect(answer.json["findings"]?[0]?["wouldChange"]?["reason"] == "noSingleFact")
            #expect(answer.json["formularyVersion"] == "1")
            #expect(answer.json["pathwaysVersion"] == "2")
            let change = answer.json["findings"]?[1]?["wouldChange"]
            #expect(change?["fact"]?["code"] == "result")
            #expect(change?["fact"]?["value"] == "29")
            #expect(change?["reason"] == .null)
            #expect(
                change?["sentence"]
                    == .string("Collected on \(Samples.date): ferritin 29 ng/mL (< 30)."))
            #expect(api.stub.requests.isEmpty)
            for dose in ["0", "5000.1", "many"] {
                #expect(try await api.get("\(order)?dose=\(dose)").status == 400)
            }
        }
    }

    @Test func `a decision on a corrected result is told with the result before and after`()
        async throws
    {
        try await withAPI { api in
            let answer = try await api.get("\(Self.patient)/reviews")
            #expect(answer.status == 200)
            #expect(answer.header("Ferrovia-Position") == "4711")
            let review = answer.json["reviews"]?[0]
            #expect(review?["decision"] == 4)
            #expect(review?["kind"] == "order")
            #expect(review?["id"] == .id(Samples.order))
            let changed = review?["changedResults"]?[0]
            #expect(changed?["before"]?["value"]?["value"] == .number("11.5"))
            #expect(changed?["now"]?["value"]?["value"] == .number("115"))
            #expect(review?["changes"] == [5])
            #expect(review?["wouldDiffer"] == .null)
            #expect(review?["reviewed"] == .null)
            #expect(try await api.get("\(Self.patient)/reviews?knownAt=soon").status == 400)
        }
    }

    @Test func `how a course was answered comes with its reasons and what is missing`() async throws
    {
        try await withAPI { api in
            let answer = try await api.get("\(Self.patient)/response?order=\(Samples.order)")
            #expect(answer.status == 200)
            let assessment = answer.json["assessment"]
            #expect(assessment?["level"] == "nonResponder")
            #expect(assessment?["verdicts"]?[0]?["cause"] == "inadequateDose")
            #expect(assessment?["missing"] == ["ferritin"])
            #expect(answer.json["pathwaysVersion"] == "2")
            #expect(assessment?["wouldChange"]?["reason"] == "noSingleFact")
            #expect(
                assessment?["verdicts"]?[0]?["wouldChange"]?["fact"]?["analytes"] == ["ferritin"])
            #expect(try await api.get("\(Self.patient)/response?order=x").status == 400)
        }
    }

    @Test func `a plan is told with its inputs, its doses to come and what would change it`()
        async throws
    {
        try await withAPI { api in
            let answer = try await api.get("/v1/orders/\(Samples.order)/plan")
            #expect(answer.status == 200)
            #expect(answer.header("Ferrovia-Position") == "4711")
            #expect(answer.json["plannedTotal"]?["value"] == .number("1500"))
            #expect(answer.json["whyIntravenous"] == "oralNotEnough")
            #expect(answer.json["inputs"]?[0]?["evidence"] == [3])
            #expect(answer.json["doses"]?[0]?["atMost"] == .null)
            #expect(answer.json["doses"]?[0]?["making"] == .null)
            #expect(answer.json["doses"]?[0]?["earliest"] == .string("\(Samples.date)"))
            #expect(answer.json["again"]?["total"] == .null)
            #expect(answer.json["pathwaysVersion"] == "2")
            #expect(answer.json["wouldChange"]?["reason"] == "never")
            #expect(api.stub.requests.isEmpty)
        }
    }

    @Test func `what is made of a dose comes with its volumes, its times and its vials`()
        async throws
    {
        try await withAPI { api in
            let doses = try await api.get("/v1/orders/\(Samples.order)/plan").json["doses"]
            let making = doses?[1]?["making"]
            #expect(making?["amount"] == ["value": 750, "unit": "mg"])
            #expect(making?["unrounded"] == ["value": 750, "unit": "mg"])
            #expect(making?["volume"] == ["value": 15, "unit": "mL"])
            let preparation = making?["preparation"]
            #expect(preparation?["rule"] == "P-1")
            #expect(preparation?["diluents"] == ["sodiumChloride"])
            #expect(preparation?["diluent"]?["from"] == ["value": 100, "unit": "mL"])
            #expect(preparation?["diluent"]?["to"] == ["value": 750, "unit": "mL"])
            #expect(preparation?["diluent"]?["toIncluded"] == false)
            #expect(preparation?["stabilityHours"] == 8)
            #expect(preparation?["notes"] == ["a note"])
            #expect(preparation?["source"]?["mark"] == "V")
            #expect(making?["noPreparation"] == .null)
            #expect(making?["times"]?[0] == ["route": "infusion", "minutes": 15])
            #expect(making?["times"]?[1] == ["route": "push", "minutes": nil])
            #expect(making?["first"]?["kind"] == "testDose")
            #expect(making?["first"]?["volume"] == ["value": .number("0.5"), "unit": "mL"])
            #expect(making?["first"]?["minutes"] == 60)
            #expect(making?["first"]?["rest"] == ["value": 725, "unit": "mg"])
            #expect(making?["observationMinutes"] == 30)
            #expect(making?["vials"]?["opened"]?[0]?["count"] == 2)
            #expect(making?["vials"]?["leftOver"] == ["value": 250, "unit": "mg"])
            let gates = try await api.get("/v1/orders/\(Samples.order)/gates")
            #expect(gates.json["making"] == making)
        }
    }

    @Test func `where the label leaves no volume, the answer says why in words`() async throws {
        try await withAPI { api in
            let doses = try await api.get("/v1/orders/\(Samples.order)/plan").json["doses"]
            let making = doses?[2]?["making"]
            #expect(making?["volume"] == ["value": 1, "unit": "mL"])
            #expect(making?["preparation"] == .null)
            #expect(making?["noPreparation"]?["reason"] == "noVolume")
            #expect(
                making?["noPreparation"]?["sentence"]
                    == .string(
                        "The label leaves no volume for 50 mg: at least 100 mL of diluent, "
                            + "and less than 50 mL."))
        }
    }

    @Test(arguments: [
        "/v1/orders/\(Samples.order)/gates", "/v1/orders/\(Samples.order)/plan",
        "/v1/patients/\(Samples.patient)/response",
        "/v1/queues/recheck/\(Samples.patient).\(Samples.recheck)/why",
    ])
    func `every explanation is asked as of both clocks`(_ path: String) async throws {
        try await withAPI { api in
            let answer = try await api.get(
                "\(path)?effectiveAt=2026-03-02T10:30:00%2B01:00&knownAtPosition=17")
            #expect(answer.status == 200)
            #expect(
                api.stub.asked == [
                    AsOf(effectiveAt: Samples.instant, knownAt: .position(Position(17)))
                ])
            #expect(try await api.get("\(path)?effectiveAt=yesterday").status == 400)
        }
    }

    @Test func `a patient is shown whole, with version and position`() async throws {
        try await withAPI { api in
            let answer = try await api.get(Self.patient)
            #expect(answer.status == 200)
            #expect(answer.header("ETag") == "\"\(SampleFacts.all.count)\"")
            #expect(answer.header("Ferrovia-Position") == "4711")
            #expect(answer.json["identity"]?["identity"]?["name"]?["family"] == "Rossi")
            #expect(answer.json["weight"]?["value"]?["value"] == .number("70.1"))
            #expect(answer.json["orders"]?[0]?["order"]?["need"]?["method"] == "ganzoni")
            #expect(answer.json["labs"]?[0]?["readable"] == false)
        }
    }

    @Test func `both clocks are passed on`() async throws {
        try await withAPI { api in
            _ = try await api.get(
                "\(Self.patient)?effectiveAt=2026-03-02T10:30:00%2B01:00&knownAtPosition=17")
            _ = try await api.get("\(Self.patient)?knownAt=2026-03-02T09:30:00Z")
            _ = try await api.get(Self.patient)
            #expect(
                api.stub.asked == [
                    AsOf(effectiveAt: Samples.instant, knownAt: .position(Position(17))),
                    AsOf(
                        effectiveAt: nil,
                        knownAt: .instant(
                            Timestamp(
                                microsecondsSinceUnixEpoch: Samples.instant
                                    .microsecondsSinceUnixEpoch))),
                    .now,
                ])
        }
    }

    @Test func `a timeline shows every kind of event, page by page`() async throws {
        try await withAPI { api in
            let whole = try await api.get("\(Self.patient)/timeline?limit=500")
            #expect(whole.status == 200)
            #expect(whole.json["entries"]?.elements.count == SampleFacts.all.count)
            #expect(whole.json["next"] == .null)
            var paged: [JSON] = []
            var cursor: String? = "0"
            while let from = cursor {
                let page = try await api.get("\(Self.patient)/timeline?limit=7&cursor=\(from)")
                paged += page.json["entries"]?.elements ?? []
                cursor = page.json["next"]?.string
            }
            #expect(paged == whole.json["entries"]?.elements)
        }
    }

    @Test func `the recheck queue is asked as the query says`() async throws {
        try await withAPI { api in
            let first = try await api.get(
                "/v1/queues/recheck?site=north&status=due&on=2026-03-02&knownAtPosition=4711&limit=10"
            )
            #expect(first.status == 200)
            #expect(first.json["rows"]?[0]?["id"] == .string("\(Samples.patient).R3-17"))
            let cursor = try #require(first.json["next"]?.string)
            let second = try await api.get("/v1/queues/recheck?cursor=\(cursor)")
            #expect(second.json["next"] == .null)
            let question = try #require(api.stub.questions.first)
            #expect(question.site == SiteID("north"))
            #expect(question.status == .due)
            #expect(question.on == CalendarDate("2026-03-02"))
            #expect(question.knownAt == .position(Position(4_711)))
            #expect(question.limit == 10)
            #expect(api.stub.questions.last?.after?.recheck == Samples.recheck)
            #expect(api.stub.questions.last?.limit == HTTPLimits().pageDefault)
        }
    }

    @Test func `why a row stands on the queue`() async throws {
        try await withAPI { api in
            let answer = try await api.get("/v1/queues/recheck/\(Samples.patient).R3-17/why")
            #expect(answer.status == 200)
            #expect(answer.json["predicates"]?[0]?["threshold"] == "30")
            #expect(answer.json["evidence"]?.elements.count == 1)
            // Opened by an earlier release, whose rule sets did not name the pathways.
            #expect(answer.json["pathwaysVersion"] == .null)
            let unknown = try await api.get("/v1/queues/recheck/\(Samples.patient).R4-1/why")
            #expect(unknown.status == 404)
        }
    }

    @Test func `the feed comes in pages`() async throws {
        try await withAPI { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            let page = try await api.get("/v1/events?after=1&limit=2")
            #expect(page.status == 200)
            #expect(page.json["events"]?.elements.map { $0["position"] } == [2, 3])
            #expect(page.json["next"] == 3)
            #expect(page.json["position"] == 5)
            #expect(page.json["events"]?[0]?["payload"]?["weight"] == "70.10")
            let last = try await api.get("/v1/events?after=5")
            #expect(last.json["events"] == [])
            #expect(last.json["next"] == 5)
        }
    }

    @Test func `a page begins at Last-Event-ID or at after, and never at both`() async throws {
        try await withAPI { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            let last = ["Last-Event-ID": "3"]
            let page = try await api.send(.get, "/v1/events", headers: last)
            #expect(page.json["events"]?.elements.map { $0["position"] } == [4, 5])
            let waited = try await api.send(.get, "/v1/events?wait=1", headers: last)
            #expect(waited.json["next"] == 5)
            let both = try await api.send(.get, "/v1/events?after=1", headers: last)
            #expect(both.status == 400)
            #expect(both.json["errors"]?[0]?["parameter"] == "Last-Event-ID")
            let wrong = try await api.send(
                .get, "/v1/events", headers: ["Last-Event-ID": "four"])
            #expect(wrong.json["errors"]?[0]?["parameter"] == "Last-Event-ID")
        }
    }

    @Test func `a parameter that is not known is named, with those that are`() async throws {
        try await withAPI { api in
            let answer = try await api.get("/v1/events?after=0&form=x")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter")
            #expect(answer.json["detail"] == "form: is not known here")
            #expect(answer.json["errors"]?[0]?["parameter"] == "form")
            #expect(answer.json["errors"]?[0]?["accepted"] == "after, limit, wait")
            let none = try await api.send(.get, "/healthz?deep=1", token: nil)
            #expect(none.json["errors"]?[0]?["accepted"] == "no parameters")
        }
    }

    @Test(arguments: ["application/json", "text/event-stream"])
    func `a reader ahead of the log is told so`(_ accept: String) async throws {
        try await withAPI { api in
            api.stub.set { state in
                state.events = (1...5).map { Samples.recorded(version: $0, position: $0) }
            }
            let answer = try await api.send(
                .get, "/v1/events?after=6", headers: ["Accept": accept])
            #expect(answer.status == 409)
            #expect(answer.code == "beyond-the-head")
            #expect(answer.json["position"] == 5)
        }
    }

    @Test func `what is known at a position behind the head is not answered as known now`()
        async throws
    {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .beyondTheHead(Position(9_999), head: Position(4_711))
            }
            let answer = try await api.get("\(Self.patient)?knownAtPosition=9999")
            #expect(answer.status == 409)
            #expect(answer.code == "beyond-the-head")
            #expect(answer.json["position"] == 4711)
            #expect(answer.json["errors"]?[0]?["parameter"] == "knownAtPosition")
            #expect(answer.json["errors"]?[0]?["accepted"] == "0 to 4711")
        }
    }

    @Test func `an instant that is still to come is not known`() async throws {
        try await withAPI { api in
            api.stub.set {
                $0.failure = .stillToCome(
                    Timestamp(
                        microsecondsSinceUnixEpoch: Samples.instant.microsecondsSinceUnixEpoch),
                    head: Position(4_711))
            }
            let answer = try await api.get("\(Self.patient)?knownAt=2126-03-02T09:30:00Z")
            #expect(answer.status == 400)
            #expect(answer.code == "invalid-parameter")
            #expect(answer.json["errors"]?[0]?["parameter"] == "knownAt")
            #expect(answer.json["errors"]?[0]?["accepted"] == "now, or earlier")
        }
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics", "/openapi.json"])
    func `what machines ask needs no token`(_ path: String) async throws {
        try await withAPI { api in
            let answer = try await api.send(.get, path, token: nil)
            #expect(answer.status == 200)
        }
    }
}
