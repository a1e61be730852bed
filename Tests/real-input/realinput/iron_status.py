"""The iron status worked out a second time, from the clinical facts (§0.2, §3) over plain numbers.

The results are of one day and good ones: neither after iron, a transfusion or during an infection, nor
beyond what a body can have. Where the facts leave something open, the reading is said beside it.
"""

import re
from dataclasses import dataclass

ONCOLOGY = ("oncology", "metastaticBreastCancer")
NOT_ON_HEMODIALYSIS = ("ckdNonDialysis", "ckdPeritonealDialysis")
KIDNEY = (*NOT_ON_HEMODIALYSIS, "ckdHemodialysis")
ADULT_FROM = 18
CLASSIFICATIONS = (
    "absolute", "absoluteProvisional", "functional", "possible", "sequestration", "notDeficient", "replete",
    "discordant", "overload", "indeterminate",
)


@dataclass(frozen=True)
class Markers:
    """Ferritin in ng/mL, saturation in %, C-reactive protein in mg/L; None was not measured."""

    ferritin: object
    saturation: object
    crp: object

    @property
    def raised(self):
        """R-12: above 5 mg/L."""
        return None if self.crp is None else self.crp > 5


@dataclass(frozen=True)
class About:
    """What else the rules ask about."""

    age: int
    on_esa: bool = False
    major_loss: bool = False


@dataclass(frozen=True)
class IronStatus:
    classification: str
    # None: the context has no rule of its own, or what the rule needs is missing.
    eligible: object = None
    flags: frozenset = frozenset()

    @property
    def code(self):
        """The classification as the API writes it."""
        return re.sub("([A-Z])", r"-\1", self.classification).lower()


def iron_status(context, markers, about):
    """The answer in one context, by the precedence of R-13; a flag comes with the row that answers."""
    standing = {"notAdult"} if about.age < ADULT_FROM else set()
    has_rule = context in KIDNEY or (context in ONCOLOGY and about.on_esa)
    answer = contradiction_or_excess(context, markers)
    if answer:
        return IronStatus(answer, False if has_rule else None, frozenset(standing))
    # the general row is for adults.
    answer, flags = (
        ("indeterminate", set()) if context == "general" and standing else by_markers(context, markers, about)
    )
    eligible = may_start(context, markers) if has_rule else None
    return IronStatus(answer, eligible, frozenset(standing | flags))


def contradiction_or_excess(context, markers):
    ferritin, saturation = markers.ferritin, markers.saturation
    if ferritin is None:
        return None
    # R-13, before overload.
    if saturation is not None and saturation > 45 and ferritin < 100:
        return "discordant"
    if ferritin > (700 if context in KIDNEY else 800):
        return "overload"
    if saturation is None:
        return None
    # R-11 and G-OVERLOAD. In oncology R-13 holds below the context's own 50 %, too.
    if context in KIDNEY and saturation >= 40 or context in ONCOLOGY and saturation >= 50:
        return "overload"
    return "overload" if saturation > 45 and ferritin >= 200 else None


def by_markers(context, markers, about):
    ferritin, saturation = markers.ferritin, markers.saturation
    known = {"ferritinMissing": ferritin, "saturationMissing": saturation}
    missing = {flag for flag, value in known.items() if value is None}
    if missing:
        # §3: ferritin alone may show absolute deficiency below the low cut-off; R-12: provisionally.
        shown = ferritin is not None and ferritin < 30
        return ("absoluteProvisional" if shown else "indeterminate"), missing | by_ferritin(context, ferritin, about)
    if saturation > 45 and 100 <= ferritin < 200:
        return "notDeficient", {"highSaturation"}
    answer, flags = ROWS[context](ferritin, saturation, markers.raised)
    flags = flags | by_ferritin(context, ferritin, about)
    # The NCCN row asks for a saturation below 50 as well.
    if context in ONCOLOGY and about.on_esa and ferritin > 500:
        flags = flags | {"individualize"}
    # §3: the kidney rows say when to start and define nothing; both are told where they part.
    if context in KIDNEY and answer == "absolute" and not may_start(context, markers):
        flags = flags | {"startRuleDisagrees"}
    return answer, flags


def by_ferritin(context, ferritin, about):
    """Flags of which §3 asks ferritin only: NICE's review of the dose, low stores before an operation."""
    if ferritin is None:
        return set()
    review = {"reviewDose"} if context in KIDNEY and ferritin > 500 else set()
    low = context == "preOperative" and about.major_loss and ferritin < 100
    return review | ({"lowStoresForExpectedLoss"} if low else set())


# --- The rows of §3, below every ceiling -------------------------------------------------------------


def full_stores(saturation, raised):
    """R-12, from 100 ng/mL on."""
    if saturation >= 20:
        return "replete", set()
    if raised is None:
        return "indeterminate", {"cReactiveProteinMissing"}
    return ("sequestration", set()) if raised else ("indeterminate", {"lowSaturationUnexplained"})


def general(ferritin, saturation, raised):
    if ferritin < 30:
        return "absolute", set()
    if ferritin >= 100:
        return full_stores(saturation, raised)
    if saturation >= 20:
        return "notDeficient", set()
    if raised is None:
        return "indeterminate", {"cReactiveProteinMissing"}
    return ("functional" if raised else "possible"), set()


def oncology(ferritin, saturation, _):
    """ESMO, with 100 itself absolute (boundary catalogue); R-12 for 30 to 100 with a normal saturation."""
    if ferritin <= 100:
        return "absolute", {"guidelineOnly"} if ferritin >= 30 and saturation >= 20 else set()
    return ("functional" if saturation < 20 else "replete"), set()


def heart_failure(ferritin, saturation, _):
    """ESC and AHA. Packer's definition is a saturation below 20, so it disagrees on both sides."""
    low = saturation < 20
    if ferritin < 100:
        return "absolute", set() if low else {"packerDisagrees"}
    if not low:
        return "replete", set()
    return ("functional", set()) if ferritin < 300 else ("sequestration", {"packerDisagrees"})


def kidney(functional_up_to):
    """NICE's absolute deficiency, and below the low cut-off ferritin alone; KDIGO's functional column.

    Beyond that column R-12 holds. The rules for a start are no definitions (§3): see `may_start`.
    """

    def row(ferritin, saturation, raised):
        if ferritin < 30:
            return "absolute", set()
        low = saturation < 20
        if ferritin < 100:
            return ("absolute" if low else "notDeficient"), set()
        return ("functional", set()) if low and functional_up_to(ferritin) else full_stores(saturation, raised)

    return row


def bowel_active(ferritin, saturation, _):
    """R-12: 100 itself belongs to the middle."""
    low = saturation < 20
    if ferritin < 30:
        return "absolute", set()
    if ferritin <= 100:
        return ("functional" if low else "notDeficient"), set()
    return ("sequestration" if low else "replete"), set()


def bowel_inactive(ferritin, saturation, raised):
    """Inactive is defined by a normal C-reactive protein: a raised one makes the other row hold.

    The facts have one column, "replete / do not give", from 30 on: replete is here what it is in the
    general row, the rest not deficient. Without a C-reactive protein a low saturation stays open.
    """
    if raised:
        return bowel_active(ferritin, saturation, raised)
    if ferritin < 30:
        return "absolute", set()
    if saturation < 20 and raised is None:
        return "indeterminate", {"cReactiveProteinMissing"}
    return ("replete" if ferritin >= 100 and saturation >= 20 else "notDeficient"), set()


def pregnancy(ferritin, saturation, _):
    """Below 30, though a higher ferritin does not exclude it: R-12."""
    if ferritin < 30:
        return "absolute", set()
    if saturation < 20:
        return "possible", set()
    return ("replete" if ferritin >= 100 else "notDeficient"), set()


def pre_operative(ferritin, saturation, raised):
    if ferritin < 30:
        return "absolute", set()
    if ferritin > 100:
        return full_stores(saturation, raised)
    if saturation < 20 or raised:
        return "functional", set()
    return ("indeterminate", {"cReactiveProteinMissing"}) if raised is None else ("notDeficient", set())


KIDNEY_ROW = kidney(lambda ferritin: ferritin < 300)
ROWS = {
    "general": general, "oncology": oncology, "metastaticBreastCancer": oncology,
    "heartFailure": heart_failure, "ckdNonDialysis": KIDNEY_ROW,
    "ckdPeritonealDialysis": KIDNEY_ROW,
    "ckdHemodialysis": kidney(lambda ferritin: ferritin <= 500),
    "ibdActive": bowel_active, "ibdInactive": bowel_inactive, "pregnancy": pregnancy,
    "preOperative": pre_operative,
}


# --- Eligibility to start (R-11) ---------------------------------------------------------------------


def may_start(context, markers):
    """Of those contexts whose rule needs no course before."""
    ferritin, saturation = markers.ferritin, markers.saturation
    if ferritin is None or saturation is None:
        return None
    if context in NOT_ON_HEMODIALYSIS:
        return saturation < 40 if ferritin < 100 else ferritin < 300 and saturation < 25
    if context == "ckdHemodialysis":
        return ferritin <= 500 and saturation <= 30
    # NCCN and ASCO, on an ESA.
    return ferritin <= 800 and saturation < 50
