"""On which commit and when figures were taken: without that nobody knows what they are figures of."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

# What the programs and the soak itself are made of; a change in the documents changes no figure.
MADE_OF = ("Package.swift", "Package.resolved", "Sources", "Tests", "schema", "scripts")
UNKNOWN = "unknown"


def stamp():
    """What a result keeps of its taking."""
    return {"commit": commit(), "finishedAt": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


def is_stamped(result):
    """Whether it says what it is of; figures that do not are not kept but taken anew."""
    return "commit" in result and "finishedAt" in result


def commit():
    """The commit of the checkout, `, changed` where its files are not the commit's."""
    head = git("rev-parse", "--short", "HEAD")
    if not head:
        return UNKNOWN
    return f"{head}, changed" if git("status", "--porcelain", "--", *MADE_OF) else head


def git(*arguments):
    """Its output; nothing outside a checkout."""
    try:
        run = subprocess.run(
            ["git", "-C", str(Path(__file__).parents[3]), *arguments], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""


def text_of(results):
    """`at commit `1c1b75d`, finished 2026-11-21T14:20:38Z`; kept results may be of several commits."""
    commits = list(dict.fromkeys(result.get("commit", UNKNOWN) for result in results))
    word = "commit" if len(commits) == 1 else "commits"
    times = [result["finishedAt"] for result in results if "finishedAt" in result]
    finished = f", finished {max(times)}" if times else ""
    return f"at {word} {', '.join(f'`{name}`' for name in commits)}{finished}"
