/// Where a server speaks TLS, and the certificate it shows.
public struct TLSAddress: Sendable {
    let port: Int
    /// The file of the server's certificate, which signs itself.
    public let certificate: String

    /// How to reach the server over TLS, and over nothing else, trusting the authorities of a file.
    public func conninfo(trusting authorities: String) -> String {
        """
        host=127.0.0.1 port=\(port) user=postgres dbname=postgres sslmode=verify-full \
        sslrootcert=\(authorities)
        """
    }
}
