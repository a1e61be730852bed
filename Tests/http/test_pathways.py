"""What the founding documents ask for, walked against the service: one test per document.

The assertions stand beside the requests, in `pathways`. Needs the same running service as test_service.py,
with the sites `main` (Europe) and `boston` (US).
"""

import pathlib

import pytest

from clinic import BASE, TOKEN, Clinic, connect
from pathways import PATHWAYS
from pathways.page import headings, page

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs/pathways"

pytestmark = pytest.mark.skipif(
    not (BASE and TOKEN), reason="FERROVIA_BASE_URL and FERROVIA_TOKEN name no service"
)


@pytest.mark.parametrize("pathway", PATHWAYS, ids=lambda pathway: pathway.NAME)
def test_the_pathway_is_walked_and_its_page_has_the_same_steps(pathway):
    with connect() as client:
        walk = pathway.walk(Clinic(client))
    assert all(step.exchanges for step in walk.steps)
    made = headings(page(pathway, walk))
    assert made == [step.title for step in walk.steps]
    assert headings((DOCS / f"{pathway.NAME}.md").read_text()) == made, "scripts/pathways --write-docs"
