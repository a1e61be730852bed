import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres

/// What the commands of a batch ask of sites as `infusion.append` takes it: the version of the site that each
/// was decided on, the position as of which the takers of its vials were read, and what its visit takes of the
/// nurses.
struct AskParameters {
    private var commands: [Int32] = []
    private var sites: [UUID] = []
    private var versions: [Int64] = []
    private var asking: [Int32] = []
    /// Empty where no vials are asked for.
    private var products: [String] = []
    private var positions: [Int64] = []

    private var revisions: [Int32] = []
    private var limits: [String] = []
    private var quarters: [PostgresTimestamp] = []
    private var allowed: [Int32] = []

    /// - Parameter revision: The last revision that the command makes of the visit, by its place in the batch.
    mutating func add(_ ask: SiteAsk, _ command: Int32, revision: Int32) {
        commands.append(command)
        sites.append(ask.stream.uuid)
        versions.append(ask.version.value)
        asking.append(revision)
        products.append(ask.stock?.product.name ?? "")
        positions.append(ask.stock?.known.value ?? 0)
        for taking in ask.takings {
            revisions.append(revision)
            limits.append(taking.limit.rawValue)
            quarters.append(PostgresTimestamp(taking.quarter.start))
            allowed.append(Int32(taking.allowed))
        }
    }

    var values: [any PostgresEncodable] {
        [
            commands, sites, versions, asking, products, positions, revisions, limits, quarters,
            allowed,
        ]
    }
}
