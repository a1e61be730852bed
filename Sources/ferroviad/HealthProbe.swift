import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `ferroviad health`: asks the service on this host whether it is ready; for container health checks.
enum HealthProbe {
    private static let timeout: TimeInterval = 5

    static func run() async -> Int32 {
        let port = ProcessInfo.processInfo.environment["FERROVIA_HTTP_PORT"] ?? "8080"
        guard let url = URL(string: "http://127.0.0.1:\(port)/readyz") else { return 78 }
        let request = URLRequest(url: url, timeoutInterval: timeout)
        guard let (_, response) = try? await URLSession.shared.data(for: request),
            let status = (response as? HTTPURLResponse)?.statusCode
        else { return 1 }
        return status == 200 ? 0 : 1
    }
}
