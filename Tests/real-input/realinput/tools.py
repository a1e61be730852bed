"""The operator's tools: the CLI, and psql as the administrator."""

import json
import os
import subprocess

SECONDS_MAX = 600


class Tools:
    def __init__(self, programs):
        self.programs = programs

    def run(self, *arguments):
        """The process that has ended, whatever its exit code."""
        return subprocess.run(
            [f"{self.programs}/ferrovia", *map(str, arguments)], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=SECONDS_MAX, check=False,
        )

    def cli(self, *arguments, may_fail=False):
        answer = self.run(*arguments)
        if answer.returncode != 0 and not may_fail:
            raise RuntimeError(f"ferrovia {arguments[0]}: exit {answer.returncode}: {answer.stderr.strip()}")
        return answer.stdout

    def cli_json(self, *arguments, may_fail=False):
        return [json.loads(line) for line in self.cli(*arguments, may_fail=may_fail).splitlines()]

    def tenants(self):
        """Where each log stands; whether the server is set up for a clinic is not the question here."""
        return self.cli_json("status", "--json", may_fail=True)[0]["tenants"]

    def head(self, tenant):
        return next(line for line in self.tenants() if line["tenant"] == tenant)["head"]

    def psql(self, sql):
        answer = subprocess.run(
            ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", os.environ["ADMINISTRATOR_URL"]],
            input=sql, capture_output=True, text=True, check=True,
        )
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def event_counts(self, tenant):
        rows = self.psql(
            f"""SELECT event_type, count(*) FROM event_log.events JOIN event_log.tenants USING (tenant_id)
                WHERE name = '{tenant}' GROUP BY event_type;"""
        )
        return {kind: int(count) for kind, count in rows}
