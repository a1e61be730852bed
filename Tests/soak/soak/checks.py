"""Findings by name, and the look from outside: psql, and the schema's own checks."""

import subprocess

EXAMPLES = 3


def some(problems):
    problems = list(problems)
    more = f" and {len(problems) - EXAMPLES} more" if len(problems) > EXAMPLES else ""
    return "; ".join(str(problem) for problem in problems[:EXAMPLES]) + more


class Checks:
    """Named findings; a check that finds nothing has passed."""

    def __init__(self, log):
        self.log = log
        self.results = []

    def add(self, name, problems):
        problems = list(problems)
        self.results.append({"name": name, "passed": not problems, "problem": some(problems)})
        self.log(f"  {'FAIL' if problems else 'ok  '}  {name}{': ' if problems else ''}{some(problems)}")


class Database:
    """psql as the administrator, who is above row-level security: the view from outside."""

    def __init__(self, url):
        self.url = url

    def rows(self, sql):
        command = ["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-f", "-"]
        answer = subprocess.run(command, input=sql, text=True, capture_output=True, check=False)
        if answer.returncode != 0:
            raise RuntimeError(f"psql: {answer.stderr.strip()}")
        return [line.split("\t") for line in answer.stdout.splitlines()]


def schema_findings(database, root):
    """What the queries of schema/checks find, which is to be nothing."""
    for path in sorted((root / "schema/checks").glob("*.sql")):
        rows = database.rows(path.read_text())
        if rows:
            yield f"{path.name}: {len(rows)} rows"
