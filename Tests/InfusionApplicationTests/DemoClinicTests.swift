import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Synchronization
import TestClinic
import Testing

@Suite struct `The demo clinic` {
    private static let lastDay = CalendarDate(dayNumber: 20_500)

    private func clinic(of site: ClinicSite) -> DemoClinic {
        DemoClinic(
            seed: DemoClinic.defaultSeed, patients: 40, site: site, lastDay: Self.lastDay)
    }

    @Test func `the same seed gives the same commands`() async throws {
        let site = try await MemoryClinic().site
        let first = clinic(of: site).steps()
        let second = clinic(of: site).steps()
        #expect(first.map(\.command) == second.map(\.command))
        #expect(first.count > 400)
    }

    @Test func `playing it twice appends nothing the second time`() async throws {
        let memory = try await MemoryClinic()
        let clock = DemoClock()
        let useCases = memory.useCases(now: { clock.now })
        let loader = DemoLoader(useCases: useCases, clock: clock, actor: memory.actor())
        let first = try await loader.load(clinic(of: memory.site)) { _, _ in }
        let head = try await memory.log.head(tenant: memory.tenant)
        _ = try await loader.load(clinic(of: memory.site)) { _, _ in }
        #expect(try await memory.log.head(tenant: memory.tenant) == head)
        #expect(first.accepted > 300)
        #expect(head > Position(500))
    }
}
