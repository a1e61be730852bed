import Foundation
import Infusion
import InfusionProjections
import Postgres

/// References of a batch as `infusion.append` takes them.
struct ReferenceParameters {
    private var commands: [Int32] = []
    private var versions: [Int64] = []
    private var kinds: [String] = []
    private var ids: [UUID] = []

    mutating func add(_ changes: PatientChanges, _ command: Int32) {
        for opening in changes.references {
            commands.append(command)
            versions.append(opening.version.value)
            kinds.append(opening.reference.kind.rawValue)
            ids.append(opening.reference.id)
        }
    }

    var values: [any PostgresEncodable] { [commands, versions, kinds, ids] }
}
