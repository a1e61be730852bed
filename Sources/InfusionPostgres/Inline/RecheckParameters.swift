import Infusion
import InfusionProjections
import Postgres

/// Openings and closings of a batch as `infusion.append` takes them.
///
/// A closing whose row is opened in the same batch travels with the opening; only the first closing
/// of each recheck can concern a row written before the batch, and travels by itself.
struct RecheckParameters {
    private struct Key: Hashable {
        let patient: PatientID
        let recheck: RecheckID
    }

    private var commands: [Int32] = []
    private var versions: [Int64] = []
    private var nextCommands: [Int32] = []
    private var nextVersions: [Int64] = []
    private var nextReasons: [String] = []
    private var rules: [String] = []
    private var anchors: [Int64] = []
    private var ruleVersions: [Int32] = []
    private var earliest: [PostgresDate] = []
    private var due: [PostgresDate] = []
    private var overdueAfter: [PostgresDate] = []
    private var urgencies: [Int16] = []
    private var sites: [String] = []
    private var reasons: [String] = []
    private var tests: [String] = []
    private var evidence: [String] = []

    private var closingCommands: [Int32] = []
    private var closingVersions: [Int64] = []
    private var closingRules: [String] = []
    private var closingAnchors: [Int64] = []
    private var closingReasons: [String] = []

    /// Openings of this batch that nothing has closed yet.
    private var open: [Key: [Int]] = [:]
    private var closed: Set<Key> = []

    mutating func add(_ changes: PatientChanges, _ command: Int32) {
        var closings = changes.closings[...]
        for opening in changes.openings {
            while let closing = closings.first, closing.version < opening.version {
                close(closings.removeFirst(), of: changes.patient, command)
            }
            open(opening, of: changes.patient, command)
        }
        for closing in closings { close(closing, of: changes.patient, command) }
    }

    private mutating func open(
        _ opening: PatientChanges.RecheckOpening, of patient: PatientID, _ command: Int32
    ) {
        let opened = opening.opened
        open[Key(patient: patient, recheck: opened.id), default: []].append(commands.count)
        commands.append(command)
        versions.append(opening.version.value)
        nextCommands.append(0)
        nextVersions.append(0)
        nextReasons.append("")
        rules.append(opened.id.rule.rawValue)
        anchors.append(opened.id.anchor.value)
        ruleVersions.append(Int32(opened.ruleVersion))
        earliest.append(PostgresDate(opened.earliest))
        due.append(PostgresDate(opened.due))
        overdueAfter.append(PostgresDate(opened.overdueAfter))
        urgencies.append(opened.urgency.rank)
        sites.append(opening.site.name)
        reasons.append(opened.reason)
        tests.append(opened.tests.map(\.rawValue).sorted().joined(separator: ","))
        evidence.append(Set(opened.evidence).sorted().map(\.description).joined(separator: ","))
    }

    private mutating func close(
        _ closing: PatientChanges.RecheckClosing, of patient: PatientID, _ command: Int32
    ) {
        let key = Key(patient: patient, recheck: closing.recheck)
        for index in open.removeValue(forKey: key) ?? [] {
            nextCommands[index] = command
            nextVersions[index] = closing.version.value
            nextReasons[index] = closing.reason
        }
        guard closed.insert(key).inserted else { return }
        closingCommands.append(command)
        closingVersions.append(closing.version.value)
        closingRules.append(closing.recheck.rule.rawValue)
        closingAnchors.append(closing.recheck.anchor.value)
        closingReasons.append(closing.reason)
    }

    var values: [any PostgresEncodable] {
        [
            commands, versions, nextCommands, nextVersions, nextReasons, rules, anchors,
            ruleVersions,
            earliest, due, overdueAfter, urgencies, sites, reasons, tests, evidence,
            closingCommands, closingVersions, closingRules, closingAnchors, closingReasons,
        ]
    }
}
