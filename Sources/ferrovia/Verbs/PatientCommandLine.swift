import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections

struct PatientCommandLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patient", abstract: "One patient, as of both clocks.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Option(help: "What was true at this instant (RFC 3339).", transform: Arguments.instant)
    var effectiveAt: Timestamp?
    @Argument(help: "The patient's id, or system|value of an identifier.") var patient: String
    @Flag(help: "Answer in JSON, without identity.") var json = false

    func validate() throws {
        guard PatientID(patient) != nil || patient.contains("|") else {
            throw ValidationError("'\(patient)' is neither a patient id nor system|value")
        }
    }

    func run() async throws {
        try await Failing.run {
            let effective = effectiveAt.map {
                Instant(microsecondsSinceUnixEpoch: $0.microsecondsSinceUnixEpoch)
            }
            let backend = try await options.open()
            let useCases = try await backend.useCases()
            let id = try await resolve(useCases, backend)
            let view = try await useCases.patient(
                id,
                asOf: AsOf(
                    effectiveAt: effective,
                    knownAt: .position(try await known.position(in: backend))),
                actor: backend.actor)
            if json {
                Console.out(bytes: PatientDocument.render(view.state))
            } else {
                let sites = Set(view.state.appointments.map(\.slot.site))
                show(view, zones: try await backend.zones(of: sites, knownAt: view.position))
            }
        }
    }

    private func resolve(_ useCases: InfusionService, _ backend: Backend) async throws -> PatientID
    {
        if let id = PatientID(patient) { return id }
        let parts = patient.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let identifier = PatientIdentifier(system: String(parts[0]), value: String(parts[1]))
        guard let id = try await useCases.patient(holding: identifier, actor: backend.actor) else {
            throw Console.fail("no patient holds that identifier", .noAnswer)
        }
        return id
    }

    private func show(_ view: PatientView, zones: [SiteID: TimeZone]) {
        switch view.identity {
        case .present(let identity):
            Console.out(
                "\(identity.name.given.joined(separator: " ")) \(identity.name.family), born \(identity.birthDate)"
            )
        case .erased: Console.out("(erased)")
        case .unreachable: Console.out("(identity out of reach: the key store did not answer)")
        }
        Console.out("\(view.id), version \(view.version), as known at position \(view.position)")
        for line in Self.merges(of: view.state) { Console.out(line) }
        Console.out("\nIron status")
        var status = Table("context", "classification", "eligible to start", "flags")
        for answer in view.ironStatus {
            status.add(
                answer.context.rawValue, answer.classification.name,
                answer.eligibleToStart.map { $0 ? "yes" : "no" } ?? "",
                answer.flags.map(\.rawValue).sorted().joined(separator: ", "))
        }
        Console.out(status.render())
        Console.out("\nOrders")
        var orders = Table("order", "product", "row", "status", "given", "prescribed")
        for order in view.state.orders {
            orders.add(
                order.id.description, order.order.product.name, order.order.dosingRow.name,
                order.status.rawValue, order.given.description, order.prescribedTotal.description)
        }
        Console.out(orders.render())
        Console.out("\nVisits")
        Console.out(Self.visits(of: view.state, zones: zones).render())
        Console.out("\nOpen rechecks")
        var rechecks = Table("recheck", "urgency", "due", "overdue after", "reason")
        for recheck in view.state.openRechecks.values.map(\.value).sorted(by: { $0.due < $1.due }) {
            rechecks.add(
                recheck.id.description, recheck.urgency.rawValue, "\(recheck.due)",
                "\(recheck.overdueAfter)", recheck.reason)
        }
        Console.out(rechecks.render())
        Console.out("\nLatest results")
        var labs = Table("collected", "analyte", "value", "status")
        for lab in view.state.labs.sorted(by: { $0.current.collectedAt > $1.current.collectedAt })
            .prefix(12)
        {
            let value = lab.current.value
            labs.add(
                lab.current.collectedAt.text, lab.analyte.rawValue,
                "\(value.comparator?.rawValue ?? "")\(value.reported) \(value.reportedUnit)",
                lab.retraction == nil ? lab.current.status.rawValue : "retracted")
        }
        Console.out(labs.render())
    }

    /// The earliest first, by the clocks of each one's site; in UTC where nobody knows its zone.
    static func visits(of state: PatientState, zones: [SiteID: TimeZone]) -> Table {
        var table = Table("visit", "site", "chair", "begins", "ends", "zone", "status", "order")
        for visit in state.appointments.sorted(by: { $0.slot.start < $1.slot.start }) {
            let slot = visit.slot
            let zone = zones[slot.site] ?? .gmt
            let clock = ZoneClock(zone)
            let (begins, ends) = (
                clock.localTime(of: slot.start), clock.localTime(of: slot.end)
            )
            table.add(
                visit.id.description, slot.site.name, slot.chair.name, "\(begins)",
                begins.date == ends.date ? "\(ends.time)" : "\(ends)", zone.identifier,
                Self.status(visit.status, by: clock), visit.order.description)
        }
        return table
    }

    private static func status(_ status: Infusion.AppointmentStatus, by clock: ZoneClock) -> String
    {
        switch status {
        case .held(let until): "held until \(clock.localTime(of: until))"
        case .cancelled(let reason): "cancelled, \(reason.rawValue)"
        case .booked, .arrived, .attended, .begun, .transfused, .missed, .expired: status.name
        }
    }

    private static func merges(of state: PatientState) -> [String] {
        let into = state.mergedInto.map { "merged into \($0.value), who takes its commands" }
        return [into].compactMap { $0 }
            + state.merges.map { merge in
                guard let reason = merge.unmerged?.value.rawValue else {
                    return "goes on for \(merge.patient), merged \(merge.mergedAt.text)"
                }
                let events = merge.toAttribute.map(\.description).joined(separator: ", ")
                return "was merged with \(merge.patient) until taken back (\(reason))"
                    + (events.isEmpty ? "" : "; whose are the events \(events)?")
            }
    }
}
