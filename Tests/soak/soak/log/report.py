"""The figures of all rounds, as docs/soak.md shows them."""

PLACE = "log"


def table_of(results, skipped):
    return "\n".join([str(len(results)), *skipped])
