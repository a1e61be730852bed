import EventStore
import HTTPTypes
import Infusion
import InfusionApplication
import InfusionWire
import Logging
import Testing

@testable import SchedulerHTTP

/// What the service says about itself, and what it never says.
@Suite struct ObservabilityTests {
    @Test func `no line of the log and no metric holds a patient`() async throws {
        try await withAPI { api in
            let registration = try #require(Bodies.all.first { $0.path == "/v1/patients" })
            _ = try await api.command(registration.path, registration.text)
            _ = try await api.get("/v1/patients?identifier=urn:oid:1.2.3|RSSGLI84E57H501X")
            _ = try await api.get(ProblemTests.patient)
            _ = try await api.get("/v1/nothing/RSSGLI84E57H501X")
            _ = try await api.command("\(ProblemTests.patient)/labs", #"{"Rossi":1}"#)
            let metrics = try await api.get("/metrics").text
            let log = api.log.text
            #expect(!log.isEmpty)
            for secret in ["Rossi", "Giulia", "RSSGLI", "1984-05-17", Samples.patient.description] {
                #expect(!log.contains(secret), "\(secret)")
                #expect(!metrics.contains(secret), "\(secret)")
            }
        }
    }

    @Test func `a request's line has its ids, template, status and code`() async throws {
        try await withAPI { api in
            let id = "0199aaaa-0000-7000-8000-000000000001"
            let answer = try await api.send(
                .get, ProblemTests.patient, token: "nothing", headers: ["X-Correlation-ID": id])
            let lines = api.log.text.split(separator: "\n").compactMap {
                try? JSON(reading: Array($0.utf8))
            }
            let line = try #require(lines.first { $0["message"] == "request" })
            #expect(line["route"] == "GET /v1/patients/{id}")
            #expect(line["status"] == "403")
            #expect(line["code"] == "scope-missing")
            #expect(line["correlationId"] == .string(id))
            #expect(line["requestId"]?.string == answer.header("X-Request-ID"))
        }
    }

    @Test func `whom a limit of subscribers turns away is no error of the service`() async throws {
        var limits = HTTPLimits()
        limits.subscribersMaximum = 0
        try await withAPI(limits: limits) { api in
            let answer = try await api.get("/v1/events?wait=1")
            #expect(answer.code == "too-many-subscribers")
            api.stub.set { $0.failure = .store(EventLogError(.unavailable, "gone")) }
            _ = try await api.get(ProblemTests.patient)
            let levels = api.log.text.split(separator: "\n")
                .compactMap { try? JSON(reading: Array($0.utf8)) }
                .filter { $0["message"] == "request" }.map { ($0["code"], $0["level"]) }
            #expect(levels.map(\.0) == ["too-many-subscribers", "store-unavailable"])
            #expect(levels.map(\.1) == ["info", "error"])
        }
    }

    @Test func `metrics follow what happens`() async throws {
        var snapshot = OperationSnapshot()
        snapshot.poolConnections = ["idle": 3, "leased": 1]
        snapshot.poolWaitTimeouts = 2
        snapshot.projectionLag = ["dose-report": 12]
        snapshot.parkedStreams = 1
        snapshot.closedRecords = 3
        snapshot.appendsWaiting = [Samples.tenantText: 17]
        snapshot.logHead = [Samples.tenantText: 4_711]
        try await withAPI(health: ToldHealth(snapshot: snapshot)) { api in
            _ = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            api.metrics.conflict(times: 2)
            api.stub.set { $0.failure = .contended(attempts: 8) }
            _ = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            api.stub.set { $0.failure = .store(EventLogError(.outcomeUnknown, "lost")) }
            _ = try await api.command(
                "\(ProblemTests.patient)/measurements", ProblemTests.weigh)
            _ = try await api.send(.get, "/nowhere/at/all")
            let text = try await api.send(.get, "/metrics", token: nil).text
            let route = "POST /v1/patients/{id}/measurements"
            for line in [
                "ferrovia_append_total 1", "ferrovia_append_conflicts_total 2",
                "ferrovia_outcome_unknown_total 1", "ferrovia_pool_connections{state=\"idle\"} 3",
                "ferrovia_pool_wait_timeouts_total 2",
                "ferrovia_projection_lag_events{projection=\"dose-report\"} 12",
                "ferrovia_parked_streams 1", "ferrovia_closed_records 3",
                "ferrovia_appends_waiting{tenant=\"\(Samples.tenantText)\"} 17",
                "ferrovia_log_head{tenant=\"\(Samples.tenantText)\"} 4711",
                "ferrovia_http_requests_total{route=\"\(route)\",status=\"200\"} 1",
                "ferrovia_http_requests_total{route=\"\(route)\",status=\"503\"} 2",
                "ferrovia_http_requests_total{route=\"none\",status=\"404\"} 1",
                "ferrovia_http_request_duration_seconds_count{route=\"\(route)\"} 3",
                "# TYPE ferrovia_http_request_duration_seconds histogram",
            ] {
                #expect(text.contains(line + "\n"), "\(line)")
            }
        }
    }

    @Test func `a line is one JSON object, whatever is logged`() throws {
        let sink = LogSink()
        var logger = sink.logger
        logger[metadataKey: "level"] = "not the level"
        logger.warning("a \"quoted\"\nmessage \u{1}", metadata: ["list": ["a", "b"]])
        let lines = sink.text.split(separator: "\n")
        #expect(lines.count == 1)
        let line = try JSON(reading: Array(sink.text.utf8))
        #expect(line["level"] == "warning")
        #expect(line["message"] == "a \"quoted\"\nmessage \u{1}")
    }
}
