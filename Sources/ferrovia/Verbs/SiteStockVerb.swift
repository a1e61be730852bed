import ArgumentParser
import Infusion
import InfusionApplication
import InfusionWire

extension SiteCommandLine {
    struct Stock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a site has of its vials, for whom it is kept, and what is left.",
            discussion: """
                Of the products that the site keeps account of; docs/sites.md says what each number is. Nobody \
                is named.
                """)
        @OptionGroup var options: TenantOptions
        @OptionGroup var known: KnownOptions
        @Argument(help: "The site's name.") var site: String
        @Flag(help: "Answer in JSON, as GET /v1/sites/{id}/stock does.") var json = false

        func run() async throws {
            try await Failing.run {
                let backend = try await options.open()
                let answer = try await backend.sites.stock(
                    of: SiteID(site), knownAt: known.knowledge,
                    actor: backend.actor)
                guard !json else { return Console.out(answer.json) }
                show(answer)
                Console.note("as known at position \(answer.position)")
            }
        }

        private func show(_ answer: SiteStockAnswer) {
            guard !answer.accounts.isEmpty else {
                return Console.out("\(answer.site) keeps account of no vials.")
            }
            var table = Table(
                "product", "vial", "counted", "there", "kept", "left", "short from", "missing")
            for account in answer.accounts {
                table.add(
                    account.item.product.name, "\(account.item.vial)",
                    account.counted.map { "\($0.at)" } ?? "never", "\(account.onHand)",
                    "\(account.kept)", "\(account.left)",
                    account.shortFrom.map { "\($0)" } ?? "", "\(account.missing)")
            }
            Console.out(table.render())
            for account in answer.accounts {
                for lot in account.lots {
                    Console.out("\(account.item): \(text(lot)) there")
                }
                if account.expired > 0 {
                    Console.out("\(account.item): \(account.expired) of them expired")
                }
                for delivery in account.deliveries {
                    Console.out(
                        "\(account.item): \(text(delivery.lot)) with \(delivery.id), on \(delivery.on)"
                    )
                }
            }
        }

        /// `6, lot 8A31, until 2027-03-31`.
        private func text(_ lot: StockLot) -> String {
            ["\(lot.vials)", lot.lot.map { "lot \($0.text)" }, lot.expiry.map { "until \($0)" }]
                .compactMap(\.self).joined(separator: ", ")
        }
    }
}
