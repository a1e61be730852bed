"""Founding document 3: anaemia in metastatic breast cancer."""

from .walk import ASKED, BRIEF, Walk, by_gate, gates, infection, is_shut, therapy, values

NAME = "metastatic-breast-cancer"
TITLE = "Metastatic breast cancer and transfusion"
ASKS = """The anaemia comes from the treatment and from the marrow, not from a lack of iron.
    Counts once a week or once a month. Blood where the count is low. Iron is no default: it is not
    shown to work here."""
STORY = """A woman of 60 with metastatic breast cancer, on chemotherapy, at a European site; 64
    kg."""
CONTEXT = ["metastaticBreastCancer"]


def walk(clinic):
    walk = Walk(clinic, "main", days=24)
    patient = who_she_is(walk)
    order = no_iron_by_default(walk, patient)
    weekly_counts(walk, patient)
    a_low_count(walk, patient, order)
    the_transfusion(walk, patient)
    monthly_again(walk, patient)
    proven_deficiency(walk, patient, order)
    return walk


def who_she_is(walk):
    walk.step(
        "Who she is",
        """Registration, the context with the running chemotherapy, what is asked of everybody
        before iron, and the weight.""",
        day=0,
    )
    patient = walk.register("Prova", "Ada", 60, "female")
    walk.context(patient, 0, CONTEXT, therapy("chemotherapy"), *ASKED)
    walk.weigh(patient, 0, 64)
    return patient


def no_iron_by_default(walk, patient):
    walk.step(
        "No iron by default",
        """She is anaemic, with plenty of iron. Somebody orders iron all the same, and the dose is
        refused: the results do not show a lack of iron (G-DX, G-NOTID), and metastatic breast
        cancer has a gate of its own (G-MBC) which wants a proven deficiency and names the way that
        the document names, transfusion.""",
        day=0,
    )
    walk.labs(patient, 0, hemoglobin=9.1, ferritin=420, transferrinSaturation=28, cReactiveProtein=9)
    status = walk.status(patient, BRIEF)
    assert status["metastaticBreastCancer"]["classification"] == "replete"
    order = walk.order(
        patient, 0, "ferinject", "FCM-EU-inf", "metastaticBreastCancer", [1000, 500], "simplifiedTable"
    )
    walk.check(patient, 0)
    refusal = walk.refused(
        f"/v1/orders/{order}/doses", walk.dose_body(0, 1000), "gates-shut",
        {"status": ..., "code": ..., "detail": ..., "findings": gates("G-MBC", "G-NOTID")},
    )
    findings = by_gate(refusal)
    assert is_shut(findings) == ["G-DX", "G-NOTID", "G-MBC"]
    assert findings["G-MBC"]["severity"] == "hard"
    assert findings["G-MBC"]["nextStep"] == "transfusion-pathway"
    return order


def weekly_counts(walk, patient):
    walk.step(
        "Counts once a week",
        """The document wants a count once a week or once a month. Below 10 g/dL it is weekly, and
        the queue shows when (R11). The row names the therapy and the value that make it so.""",
        day=0,
    )
    rows = walk.queue(patient, 0)
    assert rows.keys() == {"R11"}
    assert rows["R11"]["due"] == walk.on(7).isoformat()
    said = values(walk.why(rows["R11"])["predicates"])
    assert (said["running-therapy"], said["hemoglobin"]) == ("chemotherapy", "9.1")


def a_low_count(walk, patient, order):
    walk.step(
        "A low count: somebody looks, and it is not iron that rescues",
        """The weekly count is 7.4 g/dL. Below 8 g/dL during cancer treatment transfusion is to be considered
        the same day (R-18). So the row becomes an emergency, due at once and overdue with the day, and iron
        is stopped by one more gate (G-TX).""",
        day=7,
    )
    walk.labs(patient, 7, hemoglobin=7.4)
    rows = walk.queue(patient, 7)
    assert rows.keys() == {"R11"}
    assert (rows["R11"]["urgency"], rows["R11"]["reason"]) == ("emergency", "low-hemoglobin")
    assert rows["R11"]["status"] == "due"
    assert (rows["R11"]["due"], rows["R11"]["overdueAfter"]) == (walk.on(7).isoformat(), walk.on(7).isoformat())
    answer, findings = walk.review(order, 7, "G-MBC", "G-TX")
    assert not answer["open"]
    assert findings["G-TX"]["nextStep"] == "transfusion-evaluation-today"
    assert findings["G-MBC"]["verdict"] == "blocked"


def the_transfusion(walk, patient):
    walk.step(
        "Blood, and a count after it",
        """Two units are given on the next day. The row stays, overdue by now, until somebody has looked: a
        transfusion is no result. The count of the day after, 9.2 g/dL, answers it, and the weekly
        counts go on.""",
        day=8,
    )
    walk.make(f"{patient}/transfusions", {"units": 2, "transfusedAt": walk.at(8, 11)})
    rows = walk.queue(patient, 8)
    assert (rows["R11"]["urgency"], rows["R11"]["status"]) == ("emergency", "overdue")
    walk.labs(patient, 9, hemoglobin=9.2)
    rows = walk.queue(patient, 9)
    assert rows.keys() == {"R11"}
    assert (rows["R11"]["urgency"], rows["R11"]["due"]) == ("routine", walk.on(16).isoformat())


def monthly_again(walk, patient):
    walk.step(
        "From 10 g/dL on once a month",
        """The next weekly count is 10.4 g/dL. The row moves to four weeks later: the document's
        other interval.""",
        day=16,
    )
    walk.labs(patient, 16, hemoglobin=10.4)
    rows = walk.queue(patient, 16)
    assert rows["R11"]["due"] == walk.on(16 + 28).isoformat()


def proven_deficiency(walk, patient, order):
    walk.step(
        "If a deficiency is proven, iron is not forbidden",
        """No default is not never. Later results show a ferritin of 60 ng/mL with a saturation of
        11 %: absolute deficiency, by the row for cancer. The same order of day 0 may now be given;
        the gate says what opened it.""",
        day=22,
    )
    walk.labs(patient, 21, hemoglobin=9.6, ferritin=60, transferrinSaturation=11)
    walk.context(patient, 22, CONTEXT, infection(False))
    walk.check(patient, 22)
    answer, findings = walk.review(order, 22, "G-DX", "G-MBC")
    assert answer["open"]
    assert findings["G-MBC"]["verdict"] == "passed"
    assert values(findings["G-MBC"]["predicates"])["iron-status"] == "absolute"
