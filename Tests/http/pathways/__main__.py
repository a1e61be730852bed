"""Walks every pathway against a running service; with a directory, writes the pages there.

    python -m pathways [--docs DIRECTORY]
"""

import argparse
import pathlib
import sys
import traceback

from clinic import Clinic, connect

from . import PATHWAYS
from .page import index, page


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", type=pathlib.Path)
    options = parser.parse_args()
    walks = []
    with connect() as client:
        for pathway in PATHWAYS:
            try:
                walks.append((pathway, pathway.walk(Clinic(client))))
            except AssertionError:
                print(f"  FAIL  {pathway.NAME}", traceback.format_exc(), sep="\n", file=sys.stderr)
            else:
                print(f"  ok    {pathway.NAME}: {len(walks[-1][1].steps)} steps", file=sys.stderr)
    failed = len(PATHWAYS) - len(walks)
    if options.docs and not failed:
        options.docs.mkdir(parents=True, exist_ok=True)
        for pathway, walk in walks:
            (options.docs / f"{pathway.NAME}.md").write_text(page(pathway, walk))
        (options.docs / "README.md").write_text(index(walks))
    print(f"pathways: {len(walks)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
