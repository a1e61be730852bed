import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionWire
import Testing

@testable import SchedulerHTTP

/// What is asked about a site's openings, and how they are told.
@Suite struct OpeningsTests {
    private static let path = "/v1/sites/north/openings"
    private static let order = "\(path)?order=\(Samples.order)"

    @Test func `openings come with why they stand where they do, and dates without any with why`()
        async throws
    {
        try await withAPI { api in
            let answer = try await api.get(Self.order)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.header("Ferrovia-Position") == "4711")
            let opening = answer.json["openings"]?[0]
            #expect(opening?["chair"] == "chair-3")
            #expect(opening?["rank"]?["unmet"] == ["transport"])
            #expect(opening?["rank"]?["points"] == .number("127"))
            #expect(opening?["freshLabs"]?["analytes"] == ["ferritin", "hemoglobin"])
            #expect(opening?["freshLabs"]?["recheck"] == .string(Samples.recheck.description))
            #expect(answer.json["courses"] == [])
            let days = answer.json["days"]?.elements ?? []
            #expect(days.first?["starts"] == .number("12"))
            #expect(days.first?["constraint"] == .null)
            #expect(
                days.dropFirst().map { $0["constraint"]?.string }
                    == OpeningConstraint.allCases.map(\.rawValue))
            #expect(days.contains { $0["gates"] == ["G-ANAPH-SAME"] })
        }
    }

    @Test func `a course is told visit by visit`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.order)&course=true&limit=3")
            #expect(answer.json["openings"] == [])
            #expect(answer.json["courses"]?[0]?["visits"]?.elements.count == 2)
            #expect(answer.json["courses"]?[0]?["points"] == .number("127"))
            #expect(api.stub.openings.last?.limit == 3)
            guard case .course(Samples.order)? = api.stub.openings.last?.visit else {
                Issue.record("asked for \(String(describing: api.stub.openings.last))")
                return
            }
        }
    }

    @Test func `every parameter is asked as it was sent`() async throws {
        try await withAPI { api in
            _ = try await api.get(
                "\(Self.order)&visit=90&moving=\(Samples.appointment)&from=2026-03-10&to=2026-04-10"
                    + "&due=2026-03-12&weekdays=monday,thursday&hours=08:00-12:30"
                    + "&transport=09:30-24:00&kind=bed&equipment=oxygen,suction&isolated=true"
                    + "&freshLabs=true&perDay=1")
            let asked = try #require(api.stub.openings.last)
            #expect(asked.site == SiteID("north"))
            #expect(
                asked.visit
                    == .order(Samples.order, moving: Samples.appointment, minutes: 90))
            #expect(asked.first == CalendarDate("2026-03-10"))
            #expect(asked.last == CalendarDate("2026-04-10"))
            #expect(asked.due == CalendarDate("2026-03-12"))
            #expect(asked.wishes.weekdays == [.monday, .thursday])
            #expect(asked.wishes.hours?.description == "08:00-12:30")
            #expect(asked.wishes.transport?.description == "09:30-24:00")
            #expect(
                asked.needs
                    == ChairNeeds(kind: .bed, equipment: [.oxygen, .suction], isIsolated: true))
            #expect(asked.allowsFreshLabs)
            #expect(asked.limit == InfusionLimits.openingsUsual)
            #expect(asked.perDay == 1)
        }
    }

    @Test func `a visit of nobody in particular is so many minutes`() async throws {
        try await withAPI { api in
            let answer = try await api.get("\(Self.path)?visit=90")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["order"] == .null)
            #expect(answer.json["dose"] == .null)
            #expect(api.stub.openings.last?.visit == .minutes(90))
        }
    }

    @Test func `a kind of visit is a product and its dose, or units of red cells`() async throws {
        try await withAPI { api in
            let iron = "\(Self.path)?product=injectafer&dose=750"
            let answer = try await api.get(iron)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.json["order"] == .null)
            let product = ProductKey("injectafer")
            let dose = Milligrams(750)
            #expect(
                api.stub.openings.last?.visit
                    == .kind(.iron(product, row: nil, dose: dose, isFirst: true)))
            _ = try await api.get("\(iron)&row=FCM-US-2&later=true")
            #expect(
                api.stub.openings.last?.visit
                    == .kind(
                        .iron(product, row: DosingRowID("FCM-US-2"), dose: dose, isFirst: false)))
            _ = try await api.get("\(Self.path)?units=2")
            #expect(api.stub.openings.last?.visit == .kind(.redCells(units: 2)))
        }
    }

    @Test(arguments: [
        "\(path)?product=injectafer", "\(path)?product=injectafer&dose=0",
        "\(path)?product=injectafer&dose=5001", "\(path)?product=injectafer&dose=7e2",
        "\(path)?product=&dose=750", "\(path)?dose=750", "\(path)?units=1&row=FCM-US-2",
        "\(path)?visit=90&later=true", "\(path)?units=0", "\(path)?units=21",
        "\(path)?units=1&product=injectafer&dose=750", "\(order)&units=1",
        "\(path)?units=1&visit=90",
        "\(path)?product=injectafer&dose=750&course=true",
        path, "\(path)?visit=4", "\(path)?order=1", "\(path)?visit=90&course=true",
        "\(path)?visit=90&moving=\(Samples.appointment)", "\(order)&course=yes",
        "\(order)&visit=90&course=true", "\(order)&weekdays=monday,", "\(order)&weekdays=lunedi",
        "\(order)&hours=08:00", "\(order)&transport=8-12", "\(order)&kind=sofa",
        "\(order)&equipment=oxygen;suction", "\(order)&limit=0", "\(order)&perDay=101",
        "\(order)&from=2026-02-30", "\(order)&knownAt=2026-03-02T09:30:00Z",
    ])
    func `a parameter that is not valid is named`(_ path: String) async throws {
        try await withAPI { api in
            let answer = try await api.get(path)
            #expect(answer.code == "invalid-parameter", "\(answer.text)")
            #expect(api.stub.openings.isEmpty)
        }
    }

    static let refusals: [(error: ApplicationError, code: String, member: String)] = [
        (.unavailable(constraint: "chair-overlap"), "slot-taken", "constraint"),
        (
            .refused(
                .gatesShut([Samples.finding(.interval, .blocked)]), version: StreamVersion(6),
                position: Samples.position), "gates-shut", "findings"
        ),
    ]

    @Test(arguments: refusals.indices)
    func `who is refused a visit is told where there is room`(_ index: Int) async throws {
        let (error, code, member) = Self.refusals[index]
        try await withAPI { api in
            api.stub.set {
                $0.failure = error
                $0.alternatives = Samples.openings(
                    for: OpeningsQuestion(site: SiteID("north"), visit: .minutes(75)))
            }
            let answer = try await api.command(
                "/v1/orders/\(Samples.order)/appointments", "{\(Bodies.slot)}")
            #expect(answer.status == 409, "\(answer.text)")
            #expect(answer.code == code)
            #expect(answer.json[member] != nil, "\(answer.text)")
            let alternative = answer.json["alternatives"]?[0]
            #expect(alternative?["chair"] == "chair-3")
            #expect(alternative?["site"] == "north")
            #expect(alternative?["start"] == .instant(Samples.instant))
            let clock = ZoneClock(TimeZone(identifier: "Europe/Rome") ?? .gmt)
            #expect(
                alternative?["local"]
                    == .string(clock.localTime(of: Samples.instant).description))
            #expect(alternative?["utcOffset"] == .string(clock.utcOffset(at: Samples.instant)))
            api.stub.set { $0.alternatives = nil }
            let alone = try await api.command(
                "/v1/orders/\(Samples.order)/appointments", "{\(Bodies.slot)}")
            #expect(alone.json["alternatives"] == nil)
        }
    }
}
