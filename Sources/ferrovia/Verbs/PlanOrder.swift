import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionWire

struct PlanOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "What an order's total rests on, what is still to come, and what would change it."
    )
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @OptionGroup var moment: MomentOptions
    @Argument(help: "The order's id.", transform: Arguments.order) var order: OrderID
    @Flag(help: "Answer in JSON, as GET /v1/orders/{id}/plan does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let answer = try await backend.useCases().plan(
                order, asOf: try await moment.asOf(known, in: backend), actor: backend.actor)
            if json { Console.out(answer.json) } else { show(answer) }
        }
    }

    private func show(_ answer: PlanAnswer) {
        let plan = answer.plan
        Console.out(
            "\(plan.order.plannedTotal) of \(plan.order.product) by \(plan.order.method.rawValue), "
                + "row \(plan.order.dosingRow), placed by v\(plan.placedBy)")
        if let formula = plan.order.need?.formula { Console.out(formula) }
        if let reason = plan.order.whyIntravenous {
            Console.out("by vein because: \(reason.rawValue)")
        }
        Console.out(
            "\(plan.status.rawValue): \(plan.given) given, \(plan.remaining) left of what was prescribed"
        )
        Console.out("\nBecause, as known when it was placed:")
        Console.out(Table(of: plan.inputs).render())
        Console.out("\nStill to come:")
        var doses = Table("dose", "prescribed", "at most", "not before")
        for dose in plan.further {
            doses.add(
                "\(dose.number)", "\(dose.prescribed)", dose.atMost?.description ?? "unknown",
                dose.earliest?.description ?? "no date")
        }
        Console.out(doses.render())
        let toMake = plan.further.compactMap { dose in
            dose.making.map { (name: "\(dose.number)", making: $0) }
        }
        if !toMake.isEmpty { Console.out("\nTo prepare:\n" + DosesToMake(toMake).render()) }
        Console.out("\nPlanned again now: \(plan.again?.description ?? "no total"), from:")
        Console.out(Table(of: plan.inputsNow).render())
        Console.out("What would change a new plan's total: \(plan.wouldChange.sentence)")
        let ruleSet = RuleSetName(
            formulary: answer.formularyVersion, pathways: answer.pathwaysVersion)
        Console.out("\nAs known at position \(answer.position), by \(ruleSet.words).")
    }
}
