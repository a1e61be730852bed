"""What is printed, what goes into docs/real-input.md, and the count."""

import re
import sys

EXAMPLES = 3


class Report:
    def __init__(self, name):
        """- name: what the marks in the document are called by."""
        self.begin, self.end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
        self.lines = []
        self.passed = self.failed = 0

    def say(self, *lines):
        for line in lines:
            self.lines.append(line)
            print(line, flush=True)

    def chapter(self, title):
        self.say("", f"== {title}", "")

    def table(self, headings, rows):
        rows = [[str(cell) for cell in row] for row in rows]
        widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
        for row in [headings, *rows]:
            self.say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())

    def check(self, name, problems):
        problems = list(problems)
        if problems:
            self.failed += 1
            more = f" and {len(problems) - EXAMPLES} more" if len(problems) > EXAMPLES else ""
            self.say(f"  FAIL  {name}: " + "; ".join(str(p) for p in problems[:EXAMPLES]) + more)
        else:
            self.passed += 1
            self.say(f"  ok    {name}")

    def equal(self, name, told, wanted):
        if isinstance(told, dict) and isinstance(wanted, dict):
            self.check(
                name,
                [
                    f"{key}: {told.get(key)}, not {wanted.get(key)}"
                    for key in sorted(told.keys() | wanted.keys())
                    if told.get(key) != wanted.get(key)
                ],
            )
        else:
            self.check(name, [] if told == wanted else [f"{told}, not {wanted}"])

    def write_docs(self, path):
        body = "\n".join(self.lines).strip()
        block = f"{self.begin}\n```\n{body}\n```\n{self.end}"
        text, count = re.subn(f"{self.begin}.*?{self.end}", lambda _: block, path.read_text(), flags=re.S)
        if count != 1:
            sys.exit(f"{path} has no place for the output")
        path.write_text(text)
