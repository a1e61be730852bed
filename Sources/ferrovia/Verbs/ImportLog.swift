import ArgumentParser
import EventStore
import InfusionJournal
import InfusionPostgres

extension ImportCommand {
    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A log that ferrovia export wrote, as it was: positions, times and commands.",
            discussion: """
                The tenant's log is empty, or holds the beginning of the file, which is then gone on with: so \
                an import that was interrupted is run again, and one that was done writes nothing. Nothing \
                is taken from a line that does not follow from those before it; what was written until then \
                stays. Nobody else reads the log or appends to it before all of it is there and its \
                projections are rebuilt. Identities open only for a tenant of the same id (ferrovia \
                tenant create --id), with keys in the file (ferrovia export --keys) and the master key that \
                wrapped them. Needs the sites file, and an administrator's login besides the service's: \
                --database-url, else FERROVIA_ADMIN_DATABASE_URL, else FERROVIA_DATABASE_URL.
                """)
        @OptionGroup var options: TenantOptions
        @Flag(help: "Answer in JSON.") var json = false
        @Argument(help: "The export, or its parts in their order.") var paths: [String]

        func run() async throws {
            try await Failing.run {
                var log = try await LogFileImport(
                    paths, into: options.tenant, options.database)
                do {
                    let report = try await log.run()
                    await log.close()
                    LogImportAnswer.print(report, json: json)
                } catch {
                    await log.close()
                    throw error
                }
            }
        }
    }
}

/// The account of an import of a log.
enum LogImportAnswer {
    static func print(_ report: LogFileImport.Report, json: Bool) {
        if json {
            Console.out(bytes: rendered(report))
            return
        }
        var table = Table("", "in the file", "there already", "written")
        table.add(
            "events", String(report.events), String(report.knownEvents),
            String(report.writtenEvents))
        table.add(
            "commands", String(report.commands), String(report.knownCommands),
            String(report.writtenCommands))
        Console.out(table.render())
        if report.subjects > 0 { Console.out("\(report.subjects) patients' keys entered or there") }
        if let head = report.goesOnTo, head.value > report.events {
            Console.out("The log goes on to position \(head).")
        }
        if let rebuild = report.rebuild {
            Console.out(
                "The projections of \(rebuild.patients) patients are rebuilt; the log is open.")
        } else {
            Console.out("Nothing to write.")
        }
    }

    private static func rendered(_ report: LogFileImport.Report) -> [UInt8] {
        JSONAnswer.object { writer in
            writer.member("events", report.events)
            writer.member("eventsWritten", report.writtenEvents)
            writer.member("commands", Int64(report.commands))
            writer.member("commandsWritten", Int64(report.writtenCommands))
            writer.member("keys", Int64(report.subjects))
            writer.member("head", max(report.events, report.goesOnTo?.value ?? 0))
            writer.key("rebuilt")
            writer.bool(report.rebuild != nil)
            writer.member("writingMilliseconds", report.writing.milliseconds)
            writer.member("rebuildingMilliseconds", report.rebuilding.milliseconds)
        }
    }
}
