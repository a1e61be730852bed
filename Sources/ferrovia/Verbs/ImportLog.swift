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
                is taken from a file that was cut off or changed, nor from a line that does not follow from \
                those before it; where that shows in the middle, as in a pipe, what was written until then \
                stays, and the import is unfinished. With --partial a file without its end line is taken up \
                to its last whole command. Nobody else reads the log or appends to it before all of it is \
                there and its projections are rebuilt. Under another id than the exported tenant's (ferrovia \
                tenant create --id) identities stay sealed, and repeated requests are not recognized. \
                Identities open with keys in the file (ferrovia export --keys) and the master key that \
                wrapped them. Needs the sites file, the master key file if keys come along, and an \
                administrator's login besides the service's: --database-url, else \
                FERROVIA_ADMIN_DATABASE_URL, else FERROVIA_DATABASE_URL. Ends with 1 if all is imported and \
                a patient's history cannot be read.
                """)
        @OptionGroup var options: TenantOptions
        @Flag(help: "Take a file without its end line, as far as it goes.") var partial = false
        @Flag(help: "Answer in JSON.") var json = false
        @Argument(help: "The export, or its parts in their order.") var paths: [String]

        func run() async throws {
            try await Failing.run {
                var log = try await LogFileImport(
                    paths, into: options.tenant, options.database, isPartialAllowed: partial)
                let report: LogFileImport.Report
                do {
                    report = try await log.run()
                } catch {
                    await log.close()
                    throw error
                }
                await log.close()
                LogImportAnswer.print(report, json: json)
                // All is there; a history that cannot be read is a finding, as in a rebuild.
                if !report.isReadable { throw Exit.found }
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
        if report.subjects > 0 {
            Console.out(
                report.subjects.counted("patient's key", "patients' keys") + " entered or there")
        }
        if let head = report.goesOnTo, head.value > report.events {
            Console.out("The log goes on to position \(head).")
        }
        if let rebuild = report.rebuild {
            for parked in rebuild.parked { Console.out(RebuildAnswer.line(parked)) }
            Console.out(
                "The projections of \(rebuild.patients.counted("patient")) are rebuilt; the log is open."
            )
        } else {
            Console.out("Nothing to write.")
        }
        for note in notes(report) { Console.out(note) }
    }

    /// What somebody should know who takes this log for the one that was exported.
    private static func notes(_ report: LogFileImport.Report) -> [String] {
        var notes: [String] = []
        if report.isPartial {
            notes.append(
                """
                The file has no end line: taken is what it holds, up to position \(report.events) of \
                \(report.exportedHead).
                """)
        }
        if report.origin != report.tenant {
            notes.append(
                """
                It was the log of tenant \(report.origin), and this is \(report.tenant): names and free text \
                stay sealed, and a request that was answered there, sent here with its key, is carried out \
                once more.
                """)
        }
        return notes
    }

    private static func rendered(_ report: LogFileImport.Report) -> [UInt8] {
        JSONAnswer.object { writer in
            writer.member("events", report.events)
            writer.member("eventsWritten", report.writtenEvents)
            writer.member("commands", Int64(report.commands))
            writer.member("commandsWritten", Int64(report.writtenCommands))
            writer.member("keys", Int64(report.subjects))
            writer.member("head", max(report.events, report.goesOnTo?.value ?? 0))
            writer.member("exportedTenant", report.origin.description)
            writer.member("exportedHead", report.exportedHead.value)
            writer.key("sameTenant")
            writer.bool(report.origin == report.tenant)
            writer.key("partial")
            writer.bool(report.isPartial)
            writer.member("unreadable", Int64(report.rebuild?.parked.count ?? 0))
            writer.key("rebuilt")
            writer.bool(report.rebuild != nil)
            writer.member("writingMilliseconds", report.writing.milliseconds)
            writer.member("rebuildingMilliseconds", report.rebuilding.milliseconds)
        }
    }
}
