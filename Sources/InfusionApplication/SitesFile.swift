public import EventStore
public import Foundation
public import Infusion
import InfusionJournal

/// The sites of an installation, as a JSON file says them:
/// `{"sites": [{"id": "main", "timeZone": "Europe/Rome", "region": "eu"}]}`.
///
/// They belong to every tenant, unless an entry names its `tenants` by id. `policy` has the settings in
/// which a site differs from the pathways: `{"ironMaxAgeDays": 42}`; see ``PolicySetting``. `gates` has those that
/// shut harder there than their rules say: `{"G-SEQ": "hard"}`; see ``RaisedGates``.
public struct SitesFile: SiteDirectory {
    /// What is wrong with the file, and what would be accepted.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    private struct Entry {
        let site: ClinicSite
        /// `nil` for every tenant.
        let tenants: Set<TenantID>?
    }
    private let entries: [Entry]

    /// - Parameter pathways: What a site's own settings are held against: it may set what they accept.
    public init(json bytes: [UInt8], pathways: ClinicalPathways) throws(Problem) {
        var entries: [Entry] = []
        do {
            var root = try JSONReader().read(bytes).object()
            let sites = try root.member("sites").array()
            try root.finish()
            for site in sites { entries.append(try Self.entry(site, pathways)) }
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(description: "the sites file: \(error)")
        }
        guard !entries.isEmpty else { throw Problem(description: "the sites file names no site") }
        guard Set(entries.map(\.site.id)).count == entries.count else {
            throw Problem(description: "the sites file names a site twice")
        }
        self.entries = entries
    }

    private static func entry(
        _ value: JSONValue, _ pathways: ClinicalPathways
    ) throws -> Entry {
        var object = try value.object()
        let id = try object.member("id").string()
        guard id.wholeMatch(of: /[a-z0-9-]{1,64}/) != nil else {
            throw Problem(description: "\(value.path)/id: 1 to 64 of a-z, 0-9 and '-'")
        }
        let zoneName = try object.member("timeZone").string()
        guard let zone = TimeZone(identifier: zoneName) else {
            throw Problem(
                description:
                    "\(value.path)/timeZone: '\(zoneName)' is no IANA time zone such as Europe/Rome"
            )
        }
        let regionName = try object.member("region").string()
        guard let region = LabelRegion(rawValue: regionName) else {
            throw Problem(description: "\(value.path)/region: one of us, eu")
        }
        var tenants: Set<TenantID>?
        if let list = object.memberIfPresent("tenants") {
            tenants = []
            for tenant in try list.array() {
                guard let id = TenantID(try tenant.string()) else {
                    throw Problem(
                        description: "\(tenant.path): not the id of a tenant, which is a UUID")
                }
                tenants?.insert(id)
            }
        }
        let own = try object.memberIfPresent("policy").map { try Self.own($0, pathways) }
        let raised = try object.memberIfPresent("gates").map(Self.raised)
        try object.finish()
        return Entry(
            site: ClinicSite(
                id: SiteID(id), timeZone: zone, region: region, own: own ?? [:],
                raisedGates: raised ?? .none),
            tenants: tenants)
    }

    /// The settings in which a site differs from the pathways, by name.
    private static func own(
        _ value: JSONValue, _ pathways: ClinicalPathways
    ) throws -> [PolicySetting: PolicySetting.Value] {
        var own: [PolicySetting: PolicySetting.Value] = [:]
        for (name, member) in try value.object().members() {
            guard let setting = PolicySetting(rawValue: name) else {
                let names = PolicySetting.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "\(member.path): no setting; accepted: \(names)")
            }
            guard let told = try? setting.value(member), setting.fits(told),
                pathways[setting].accepts(told)
            else {
                throw Problem(
                    description: "\(member.path): accepted: \(pathways.accepted(for: setting))")
            }
            own[setting] = told
        }
        return own
    }

    /// The gates that shut harder at a site, by name.
    private static func raised(_ value: JSONValue) throws -> RaisedGates {
        var raised: [Gate: Severity] = [:]
        for (name, member) in try value.object().members() {
            guard let gate = Gate(rawValue: name) else {
                let names = Gate.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "\(member.path): no gate; accepted: \(names)")
            }
            guard let severity = Severity(rawValue: try member.string()) else {
                let names = Severity.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(description: "\(member.path): no severity; accepted: \(names)")
            }
            raised[gate] = severity
        }
        do throws(LoweredGate) {
            return try RaisedGates(raised)
        } catch {
            throw Problem(description: "\(value.path)/\(error.gate.rawValue): \(error)")
        }
    }

    /// The zone of each site, whoever's it is.
    public var timeZones: [SiteID: TimeZone] {
        Dictionary(
            entries.map { ($0.site.id, $0.site.timeZone) },
            uniquingKeysWith: { first, _ in first })
    }

    public func sites(of tenant: TenantID) async throws(EventLogError) -> [ClinicSite] {
        entries.filter { $0.tenants?.contains(tenant) ?? true }.map(\.site)
    }
}

extension PolicySetting {
    fileprivate func value(_ json: JSONValue) throws(JSONError) -> Value {
        switch shape {
        case .whole, .decimal: .decimal(try json.decimal())
        case .yesOrNo: .yesOrNo(try json.bool())
        }
    }
}
