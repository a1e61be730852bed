import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import InfusionWire
import Postgres
import PostgresEventStore

struct Parked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Patients whose events an asynchronous projection could not read.",
        discussion: """
            An event that cannot be read parks its patient and nobody else. Tell the clinic first; then \
            docs/runbooks/parked-patients.md.
            """,
        subcommands: [List.self, Retry.self, Skip.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who is parked, at which event, why, and since when.")
        @OptionGroup var options: TenantOptions
        @OptionGroup var parked: ParkedOptions
        @Option(help: "Only this patient.", transform: Arguments.patient) var patient: PatientID?
        @Flag(help: "Answer in JSON, one line a patient.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let entries = try await backend.parked(parked.projection, patient)
                guard !json else {
                    for entry in entries { Console.out(entry.json) }
                    return
                }
                var table = Table("patient", "projection", "class", "position", "since", "message")
                for entry in entries {
                    table.add(
                        entry.patient.description, entry.projection.rawValue,
                        entry.stream.reason.rawValue, entry.stream.position.description,
                        entry.since.text, entry.stream.message)
                }
                Console.out(entries.isEmpty ? "Nobody is parked." : table.render())
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads parked patients again, with what this program knows.",
            discussion: """
                Who can be read is no longer parked; the others stay, and it says why. The service does \
                the same whenever it starts. Ends with 1 if anybody stays parked.
                """)
        @OptionGroup var options: TenantOptions
        @OptionGroup var parked: ParkedOptions
        @Option(help: "Only this patient; default: all.", transform: Arguments.patient)
        var patient: PatientID?
        @Flag(help: "Answer in JSON, one line a patient.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let entries = try await backend.parked(parked.projection, patient)
                if let patient, entries.isEmpty { throw notParked(patient) }
                let projector = ReportingProjector(
                    pool: backend.pool, log: backend.log, tenant: backend.tenant,
                    doseReport: try await backend.doseReport(), owner: backend.actor.subject,
                    logger: Quiet.logger)
                var isAnybodyParked = false
                for entry in entries {
                    let outcome = try await projector.retry(entry.patient)
                    if case .stillParked = outcome { isAnybodyParked = true }
                    show(entry, outcome)
                }
                if isAnybodyParked { throw Exit.found }
            }
        }

        private func show(_ entry: ParkedPatient, _ outcome: ParkingRetry) {
            guard !json else {
                return Console.out([
                    "patient": .id(entry.patient), "projection": .name(entry.projection),
                    "parked": .optional(outcome.stream, \.json),
                ])
            }
            switch outcome {
            case .unparked, .notParked: Console.out("\(entry.patient): no longer parked")
            case .stillParked(let stream):
                Console.out(
                    "\(entry.patient): still parked at position \(stream.position): \(stream.message)"
                )
            }
        }
    }

    struct Skip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets a projection go on without the event that parked a patient.",
            discussion: """
                The decision is an event in the log, with actor and reason, and cannot be taken back. The \
                projection goes on with the patient's later events, and a rebuild leaves out the same one. \
                What the clinic decides on is never folded without an event: the patient's record stays \
                closed to commands until a program can read it.
                """)
        @OptionGroup var options: TenantOptions
        @OptionGroup var parked: ParkedOptions
        @Option(help: "Whose event.", transform: Arguments.patient) var patient: PatientID
        @Option(
            help: "Who decided it: a name as the clinic's tokens carry it.",
            transform: Arguments.actor)
        var actor: String
        @Option(
            help: ArgumentHelp(
                "One of \(SkipReason.allCases.map(\.rawValue).joined(separator: ", "))."),
            transform: Arguments.name)
        var reason: SkipReason
        @Flag(help: "Answer in JSON.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let skipping = ParkedEventSkipping(
                    pool: backend.pool,
                    log: PostgresEventStore(pool: backend.pool, logger: Quiet.logger),
                    tenant: backend.tenant)
                let outcome = try await skipping.skip(
                    SkipRequest(
                        projection: parked.projection, patient: patient, reason: reason,
                        decision: Backend.decision(by: actor)))
                switch outcome {
                case .recorded(let skipped, let position):
                    show(skipped, position, "is left out from position \(position) on")
                case .decidedBefore(let skipped, let position):
                    show(
                        skipped, position,
                        "was left out before, at position \(position); the projection has not come there yet"
                    )
                case .notParked: throw notParked(patient)
                }
            }
        }

        private func show(_ skipped: Position, _ decided: Position, _ said: String) {
            guard !json else {
                return Console.out([
                    "patient": .id(patient), "projection": .name(parked.projection),
                    "skipped": .integer(skipped.value), "position": .integer(decided.value),
                ])
            }
            Console.out("\(patient): the event at position \(skipped) \(said)")
        }
    }

    private static func notParked(_ patient: PatientID) -> Failure {
        Console.fail("\(patient) is not parked; see ferrovia parked list", .noAnswer)
    }
}

/// Which projection.
struct ParkedOptions: ParsableArguments {
    @Option(help: "The projection.", transform: Arguments.asynchronous)
    var projection = ProjectionName.doseReport
}

extension Backend {
    /// Who is parked, or the one patient asked for if that one is.
    fileprivate func parked(
        _ projection: ProjectionName, _ patient: PatientID?
    ) async throws -> [ParkedPatient] {
        try await ParkedPatient.list(projection, pool, tenant: tenant).filter { entry in
            patient.map { $0 == entry.patient } ?? true
        }
    }
}

extension ParkingRetry {
    /// Where it is parked now.
    fileprivate var stream: ParkedStream? {
        switch self {
        case .unparked, .notParked: nil
        case .stillParked(let stream): stream
        }
    }
}

extension ParkedStream {
    fileprivate var json: JSON {
        [
            "class": .name(reason), "position": .integer(position.value),
            "message": .string(message),
        ]
    }
}

extension ParkedPatient {
    fileprivate var json: JSON {
        [
            "patient": .id(patient), "projection": .name(projection),
            "class": .name(stream.reason), "position": .integer(stream.position.value),
            "since": .instant(since), "message": .string(stream.message),
        ]
    }
}
