import EventStore
import Infusion
import InfusionApplication
import Synchronization

/// What the service counts, kept in memory and shown as Prometheus text. Labels are routes, statuses and
/// rule ids: never a patient, never free text.
public final class Metrics: Sendable {
    /// Upper bounds of the duration histogram; seconds.
    static let durationBounds: [Double] = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]

    private struct RequestLabels: Hashable {
        let route: String
        let status: Int
    }
    private struct Durations {
        /// One for each bound, and one for beyond the last; not yet cumulated.
        var buckets = [Int](repeating: 0, count: Metrics.durationBounds.count + 1)
        var sum = 0.0
        var count = 0
    }
    private struct Counted {
        var appends = 0
        var conflicts = 0
        var outcomesUnknown = 0
        var refusals: [String: Int] = [:]
        var requests: [RequestLabels: Int] = [:]
        var durations: [String: Durations] = [:]
        var subscribers = 0
    }

    private let counted = Mutex(Counted())

    public init() {}

    func accepted(_ receipt: CommandReceipt) {
        if !receipt.replayed, receipt.positions != nil { appended() }
    }

    func accepted(_ receipt: SiteReceipt) {
        if !receipt.replayed, receipt.positions != nil { appended() }
    }

    private func appended() { counted.withLock { $0.appends += 1 } }

    /// A command met another writer and was decided again.
    public func conflict(times: Int = 1) { counted.withLock { $0.conflicts += times } }

    /// What a failed use case says about the log and the rules.
    func failed(_ error: ApplicationError) {
        counted.withLock { counted in
            switch error {
            case .refused(Refusal.gatesShut(let findings), version: _, position: _):
                for finding in findings
                where finding.verdict == .blocked || finding.verdict == .indeterminate {
                    counted.refusals[finding.gate.rawValue, default: 0] += 1
                }
            case .refused(let refusal, version: _, position: _):
                counted.refusals[refusal.code, default: 0] += 1
            case .siteRefused(let refusal, version: _, position: _):
                counted.refusals[refusal.code, default: 0] += 1
            case .store(let failure):
                if failure.code == .outcomeUnknown { counted.outcomesUnknown += 1 }
            case .unavailable: counted.refusals["slot-taken", default: 0] += 1
            case .forbidden, .notFound, .versionMismatch, .keyReused, .contended, .identifierTaken,
                .unknownSite, .beyondTheHead, .stillToCome, .journal, .keys:
                break
            }
        }
    }

    func request(route: String, status: Int, seconds: Double) {
        counted.withLock { counted in
            counted.requests[RequestLabels(route: route, status: status), default: 0] += 1
            let bucket =
                Self.durationBounds.firstIndex { seconds <= $0 } ?? Self.durationBounds.count
            counted.durations[route, default: Durations()].buckets[bucket] += 1
            counted.durations[route, default: Durations()].sum += seconds
            counted.durations[route, default: Durations()].count += 1
        }
    }

    func subscribers(_ count: Int) { counted.withLock { $0.subscribers = count } }

    /// The Prometheus text format, version 0.0.4, families and series in a stable order.
    func exposition(operation: OperationSnapshot) -> String {
        let counted = counted.withLock { $0 }
        var text = PrometheusText()
        text.counter("ferrovia_append_total", "Commands appended to the log.", counted.appends)
        text.counter(
            "ferrovia_append_conflicts_total", "Times a command met another writer.",
            counted.conflicts)
        text.counter(
            "ferrovia_outcome_unknown_total", "Appends whose outcome was not known.",
            counted.outcomesUnknown)
        text.counters(
            "ferrovia_refusals_total", "Commands refused, by gate or refusal code.", label: "rule",
            counted.refusals)
        text.gauges(
            "ferrovia_projection_lag_events", "Events a projection is behind the log.",
            label: "projection", operation.projectionLag.mapValues { Int($0) })
        text.gauges(
            "ferrovia_pool_connections", "Database connections by state.", label: "state",
            operation.poolConnections)
        text.counter(
            "ferrovia_pool_wait_timeouts_total", "Times no connection came free in time.",
            operation.poolWaitTimeouts)
        text.gauge(
            "ferrovia_parked_streams", "Patients whose sequence is parked.",
            operation.parkedStreams)
        text.gauge(
            "ferrovia_closed_records",
            "Patients whose record stays closed: an event left out of a report cannot be read.",
            operation.closedRecords)
        text.gauges(
            "ferrovia_appends_waiting", "Appends that wait for a tenant's next transaction.",
            label: "tenant", operation.appendsWaiting)
        text.gauges(
            "ferrovia_log_head", "Last position of a tenant's log.", label: "tenant",
            operation.logHead.mapValues { Int($0) })
        text.gauge(
            "ferrovia_feed_subscribers", "Open subscriptions to the event feed.",
            counted.subscribers)
        write(counted, to: &text)
        return text.text
    }

    private func write(_ counted: Counted, to text: inout PrometheusText) {
        text.family("ferrovia_http_requests_total", "counter", "Requests by route and status.")
        let requests = counted.requests.sorted {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }
        for (labels, count) in requests {
            text.sample(
                "ferrovia_http_requests_total",
                [("route", labels.route), ("status", String(labels.status))], String(count))
        }
        let name = "ferrovia_http_request_duration_seconds"
        text.family(name, "histogram", "From the head of a request to its answer.")
        for (route, durations) in counted.durations.sorted(by: { $0.key < $1.key }) {
            var cumulated = 0
            for (index, count) in durations.buckets.enumerated() {
                cumulated += count
                let isLast = index == Self.durationBounds.count
                let bound = isLast ? "+Inf" : "\(Self.durationBounds[index])"
                text.sample(
                    "\(name)_bucket", [("route", route), ("le", bound)], String(cumulated))
            }
            text.sample("\(name)_sum", [("route", route)], "\(durations.sum)")
            text.sample("\(name)_count", [("route", route)], String(durations.count))
        }
    }
}
