import ArgumentParser

struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plans the chairs of an infusion centre; explains what an order's plan rests on.",
        discussion: """
            `ferrovia plan FILE` is short for `ferrovia plan day FILE`. docs/planning.md describes the \
            file, what is planned for and what is proved. No database is needed, but by `plan order`.
            """,
        subcommands: [
            PlanDay.self, PlanCheck.self, PlanSimulate.self, PlanGenerate.self, PlanOrder.self,
        ],
        defaultSubcommand: PlanDay.self)
}
