/// Writes the Prometheus text exposition format.
struct PrometheusText {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        let list = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }

    mutating func counter(_ name: String, _ help: String, _ value: Int) {
        family(name, "counter", help)
        sample(name, [], String(value))
    }

    mutating func gauge(_ name: String, _ help: String, _ value: Int) {
        family(name, "gauge", help)
        sample(name, [], String(value))
    }

    mutating func counters(_ name: String, _ help: String, label: String, _ values: [String: Int]) {
        family(name, "counter", help)
        series(name, label, values)
    }

    mutating func gauges(_ name: String, _ help: String, label: String, _ values: [String: Int]) {
        family(name, "gauge", help)
        series(name, label, values)
    }

    private mutating func series(_ name: String, _ label: String, _ values: [String: Int]) {
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            sample(name, [(label, key)], String(value))
        }
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
