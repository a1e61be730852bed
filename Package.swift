// swift-tools-version: 6.2
import PackageDescription

// Targets, inside out; ARCHITECTURE.md says what each is for. `scripts/lint` checks the direction of
// every arrow: the pure core (`Infusion`, `EventStore`) depends on nothing, only `Postgres` sees libpq.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting", package: "hummingbird")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "ferrovia",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ferroviad", targets: ["ferroviad"]),
        .executable(name: "ferrovia", targets: ["ferrovia"]),
        .library(name: "Postgres", targets: ["Postgres"]),
        .library(name: "EventStore", targets: ["EventStore", "PostgresEventStore"]),
        .library(name: "Infusion", targets: ["Infusion"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        module("Postgres", ["CLibpq", logging]),
        module("EventStore"),
        module("Schema", resources: [.embedInCode("Files")]),
        module(
            "PostgresEventStore", ["EventStore", "Postgres", "Schema", logging],
            resources: [.embedInCode("Statements")]),
        module("Infusion"),
        module("ChairPlanning"),
        module("Faults"),
        module("YAMLReader", ["Faults", yams]),
        module(
            "InfusionKnowledge",
            [
                "InfusionApplication", "InfusionJournal", "Infusion", "EventStore", "YAMLReader",
                "Faults", crypto,
            ],
            resources: [.embedInCode("Knowledge")]),
        module("InfusionJournal", ["Infusion", "EventStore", crypto]),
        module("InfusionProjections", ["InfusionJournal", "Infusion", "EventStore", crypto]),
        module(
            "InfusionPostgres",
            [
                "InfusionProjections", "InfusionJournal", "Infusion", "PostgresEventStore",
                "EventStore",
                "Postgres", logging,
            ], resources: [.embedInCode("Statements")]),
        module(
            "InfusionApplication",
            ["InfusionProjections", "InfusionJournal", "Infusion", "EventStore", crypto]),
        module(
            "InfusionWire",
            [
                "InfusionApplication", "InfusionProjections", "InfusionJournal", "Infusion",
                "EventStore", "Faults", crypto,
            ]),
        module(
            "SchedulerHTTP",
            [
                "Faults", "InfusionWire", "InfusionApplication", "InfusionProjections",
                "InfusionJournal",
                "Infusion",
                "EventStore",
                hummingbird, jwt, logging, crypto, lifecycle, signals,
            ], resources: [.embedInCode("OpenAPI/openapi.json")]),
        module(
            "FHIRGateway",
            ["InfusionApplication", "InfusionJournal", "Infusion", "EventStore", crypto]),
        module(
            "InfusionCases",
            [
                "InfusionKnowledge", "InfusionWire", "InfusionApplication",
                "InfusionProjections", "InfusionJournal", "Infusion", "EventStore", "Faults",
                "YAMLReader",
            ]),
        .executableTarget(
            name: "ferroviad",
            dependencies: [
                "SchedulerHTTP", "InfusionKnowledge", "InfusionWire", "InfusionApplication",
                "InfusionPostgres", "InfusionProjections",
                "InfusionJournal", "Infusion", "PostgresEventStore", "EventStore", "Postgres",
                "Schema",
                lifecycle, signals, logging,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "ferrovia",
            dependencies: [
                "ChairPlanning", "Faults", "FHIRGateway", "InfusionCases", "InfusionKnowledge",
                "InfusionWire", "InfusionApplication", "InfusionPostgres", "InfusionProjections",
                "InfusionJournal", "Infusion", "PostgresEventStore", "EventStore", "Postgres",
                "Schema", "YAMLReader",
                arguments, subprocess, jwt, crypto, logging,
            ],
            swiftSettings: strict),
        .target(
            name: "TestClinic",
            dependencies: [
                "InfusionKnowledge", "InfusionApplication", "InfusionProjections",
                "InfusionJournal", "Infusion",
                "EventStore",
            ],
            path: "Tests/TestClinic", swiftSettings: strict),
        tests(
            "InfusionApplicationTests",
            [
                "EventStoreConformance", "TestClinic", "InfusionKnowledge", "InfusionApplication",
                "InfusionProjections",
                "InfusionJournal", "Infusion", "EventStore",
            ]),
        tests(
            "FHIRGatewayTests",
            ["TestClinic", "FHIRGateway", "InfusionApplication", "Infusion", "EventStore"]),
        .target(
            name: "TestPostgres", dependencies: ["Postgres", subprocess],
            path: "Tests/TestPostgres",
            swiftSettings: strict),
        .target(
            name: "EventStoreConformance", dependencies: ["EventStore"],
            path: "Tests/EventStoreConformance", swiftSettings: strict),
        .executableTarget(
            name: "LogRacer",
            dependencies: [
                "EventStore", "EventStoreConformance", "Postgres", "PostgresEventStore",
            ],
            path: "Tests/LogRacer", swiftSettings: strict),
        .executableTarget(
            name: "LogLoad",
            dependencies: ["EventStore", "Postgres", "PostgresEventStore", logging],
            path: "Tests/LogLoad", swiftSettings: strict),
        .executableTarget(
            name: "ReportingWorker",
            dependencies: [
                "EventStore", "InfusionPostgres", "InfusionProjections", "Postgres",
                "PostgresEventStore",
            ],
            path: "Tests/ReportingWorker", swiftSettings: strict),
        .executableTarget(
            name: "RebuildRunner",
            dependencies: ["EventStore", "InfusionPostgres", "InfusionProjections", "Postgres"],
            path: "Tests/RebuildRunner", swiftSettings: strict),
        .executableTarget(
            name: "AppointmentReplay",
            dependencies: [
                "InfusionKnowledge", "InfusionApplication", "InfusionPostgres", "InfusionJournal",
                "Infusion", "PostgresEventStore", "EventStore", "Postgres",
            ],
            path: "Tests/AppointmentReplay", swiftSettings: strict),
        .executableTarget(
            name: "ferrovia-bench",
            dependencies: [
                "InfusionKnowledge", "InfusionApplication", "InfusionPostgres",
                "InfusionProjections", "InfusionJournal", "Infusion", "PostgresEventStore",
                "EventStore", "Postgres", arguments, logging,
            ],
            path: "Tests/Bench/Programs", swiftSettings: strict),
        tests("PostgresTests", ["Postgres", "TestPostgres"]),
        tests("EventStoreTests", ["EventStore", "EventStoreConformance"]),
        tests(
            "PostgresEventStoreTests",
            [
                "EventStore", "EventStoreConformance", "Postgres", "PostgresEventStore", "Schema",
                "TestPostgres", "LogRacer", logging,
            ]),
        tests("InfusionTests", ["InfusionKnowledge", "Infusion"]),
        tests("ChairPlanningTests", ["ChairPlanning"]),
        tests("FaultsTests", ["Faults"]),
        tests("YAMLReaderTests", ["Faults", "YAMLReader"]),
        tests(
            "InfusionCasesTests",
            ["Faults", "InfusionCases", "InfusionKnowledge", "Infusion", "YAMLReader"]),
        tests(
            "InfusionKnowledgeTests",
            [
                "Faults",
                "EventStoreConformance", "InfusionKnowledge", "InfusionApplication",
                "InfusionJournal", "Infusion",
                "EventStore",
            ], exclude: ["Golden"]),
        .target(
            name: "JSONConformance", dependencies: ["InfusionJournal"],
            path: "Tests/JSONConformance", swiftSettings: strict),
        .executableTarget(
            name: "JSONFuzzer", dependencies: ["JSONConformance"], path: "Tests/JSONFuzzer",
            swiftSettings: strict),
        tests(
            "InfusionJournalTests",
            ["JSONConformance", "InfusionJournal", "Infusion", "EventStore"],
            exclude: ["Golden"]),
        .target(
            name: "ReadModelsConformance",
            dependencies: [
                "InfusionProjections", "InfusionKnowledge", "InfusionJournal", "Infusion",
                "EventStore",
            ],
            path: "Tests/ReadModelsConformance", swiftSettings: strict),
        tests(
            "InfusionProjectionsTests",
            [
                "ReadModelsConformance", "InfusionProjections", "InfusionJournal", "Infusion",
                "EventStore",
            ]),
        tests(
            "InfusionPostgresTests",
            [
                "InfusionApplication", "InfusionKnowledge",
                "InfusionPostgres", "ReadModelsConformance", "TestPostgres", "PostgresEventStore",
                "Schema", "ReportingWorker", "RebuildRunner",
                "InfusionProjections", "InfusionJournal", "Infusion", "EventStore", "Postgres",
                logging,
            ]),
        tests(
            "FerroviaTests",
            [
                "ferrovia", "ChairPlanning", "Faults", "InfusionKnowledge", "InfusionWire",
                "InfusionApplication", "InfusionProjections", "TestPostgres", "PostgresEventStore",
                "InfusionJournal", "Infusion", "EventStore", "Postgres", "Schema",
                "YAMLReader",
            ]),
        tests(
            "SchedulerHTTPTests",
            [
                "EventStoreConformance", "TestClinic", "SchedulerHTTP", "Faults", "InfusionWire",
                "InfusionKnowledge",
                "InfusionApplication", "InfusionProjections", "InfusionJournal", "Infusion",
                "EventStore", hummingbird, hummingbirdTesting, jwt, logging,
            ]),
    ]
)
