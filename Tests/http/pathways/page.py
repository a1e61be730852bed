"""The pages of docs/pathways, from walks that were walked."""

import re
import textwrap

from .excerpt import in_one_line, short_ids, written

COLUMNS = 120
MADE = "<!-- Made by `scripts/pathways --write-docs` from a real run. Change the walk, and make it again. -->"


def prose(text):
    return textwrap.fill(" ".join(text.split()), COLUMNS, break_long_words=False, break_on_hyphens=False)


def headings(page):
    """The steps of a page."""
    return re.findall(r"^## \d+\. (.*)$", page, flags=re.M)


def page(pathway, walk):
    parts = [
        MADE, f"# {pathway.TITLE}", "[All pathways, and how to read them](README.md)",
        prose(f"**What the document asks for.** {pathway.ASKS}"), prose(f"**Who.** {pathway.STORY}"),
    ]
    for number, step in enumerate(walk.steps, 1):
        parts += [f"## {number}. {step.title}", prose(step.text)]
        parts += [f"```\n{told(exchange)}\n```" for exchange in step.exchanges]
    return short_ids("\n\n".join(parts)) + "\n"


def told(exchange):
    """The request as it was sent, and what matters of the answer."""
    lines = [f"{exchange.method} {exchange.path}"]
    if exchange.body is not None:
        lines.append(written(exchange.body))
    answer = "…" if exchange.excerpt is None else written(exchange.excerpt)
    return "\n".join([*lines, f"→ {exchange.status}", answer])


def index(walks):
    """README.md: the four pathways, by walks of (pathway, walk)."""
    rows = [
        f"| [{pathway.TITLE}]({pathway.NAME}.md) | {' '.join(pathway.ASKS.split())} |" for pathway, _ in walks
    ]
    registration = walks[0][1].steps[0].exchanges[0]
    example = (
        "curl -H \"Authorization: Bearer $TOKEN\" -H 'Idempotency-Key: a-new-one-for-each-command' \\\n"
        "  -H 'Content-Type: application/json' $FERROVIA" + registration.path + " \\\n"
        f"  -d '{in_one_line(registration.body)}'"
    )
    return (
        "\n\n".join(
            [
                MADE, "# Pathways",
                prose(
                    """Four texts about iron by vein are the ground that Ferrovia stands on: about
                    cancer, about the infusion that seems not to work, about metastatic breast
                    cancer, and about heart failure. Here what each of them asks for is walked step
                    by step over the [HTTP API](../api.md), with the answers of a real run. A nurse
                    can read the sentences and the answers; whoever connects a clinic's system finds
                    every request."""
                ),
                "| pathway | what its document asks for |\n|---|---|\n" + "\n".join(rows),
                "## How to read a page",
                prose(
                    """Each step says what happens and why, then shows each request (method, path,
                    body), the status after `→`, and of the answer the part that matters. `…` stands
                    for what is left out: other members of an object, other elements of a list, or
                    the answer as a whole. Ids show their first eight digits. Of the queue the rows
                    of the patient are shown. Sent with curl, the first request is:"""
                ),
                f"```\n{example}\n```",
                prose(
                    f"""All patients are made up. The run was on {walks[0][1].today}; what is told
                    happened before it, day by day, and was recorded late, each fact with the time
                    at which it held. An order is planned with a weight and a haemoglobin that are
                    fresh when it is recorded, so where the label asks for them the story lies in
                    the last four weeks, or a fresh count of that time is among its results."""
                ),
                prose(
                    """`scripts/test-http` walks the same steps and asserts what each of them shows;
                    the walks are in [Tests/http/pathways](../../Tests/http/pathways).
                    `scripts/pathways --write-docs` makes these pages anew. The rules themselves are
                    in [docs/clinical](../clinical/README.md)."""
                ),
            ]
        )
        + "\n"
    )
