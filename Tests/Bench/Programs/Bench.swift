import ArgumentParser

/// What `scripts/bench` runs: each verb is one sample of one measure and prints one line of JSON.
///
/// The baselines (pgbench, COPY by libpq, the peer) are other programs; who compares is `scripts/bench`.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferrovia-bench", abstract: "One sample of one measure, as a line of JSON.",
        subcommands: [
            AppendLoad.self, CommandLoad.self, DecideLoad.self, FollowLoad.self, ReadLoad.self,
        ])
}
