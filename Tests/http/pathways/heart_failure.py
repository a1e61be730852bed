"""Founding document 4: ferritin in heart failure."""

from .walk import ASKED, BRIEF, Walk, by_gate, gates, infection, is_shut, values

NAME = "heart-failure"
TITLE = "Heart failure and ferritin"
ASKS = """Many with heart failure lack iron, and iron by vein helps them. The document puts a
    hypothesis: where ferritin is raised the iron may be trapped in the spleen and the heart may
    take up less. It wants a larger study. So the ferritin class is shown beside every dose and
    stops none; what decides is the label's table and, from week 12 on, the label's own markers."""
STORY = """Men of 72 with heart failure and a functional deficiency, at a US site: 76 kg,
    haemoglobin 11.2 g/dL, ferritin 150 ng/mL, saturation 14 %."""
CONTEXT = ["heartFailure"]


def walk(clinic):
    walk = Walk(clinic, "boston", days=21)
    walk.step(
        "Who he is",
        """Registration, the context, what is asked of everybody before iron, the weight, and the
        results. Phosphate is among them: the product lowers it.""",
        day=0,
    )
    patient = who_he_is(walk)
    the_class(walk, patient)
    order = the_table(walk, patient)
    information(walk, patient, order)
    the_queue(walk, patient)
    week_6_ahead(walk, patient, order)
    week_12(walk)
    week_12_without_need(walk)
    return walk


def who_he_is(walk):
    patient = walk.register("Prova", "Ugo", 72, "male")
    walk.context(patient, 0, CONTEXT, *ASKED)
    walk.weigh(patient, 0, 76)
    walk.labs(patient, 0, hemoglobin=11.2, ferritin=150, transferrinSaturation=14, phosphate=3.2)
    return patient


def the_class(walk, patient):
    walk.step(
        "Which class of deficiency",
        """In heart failure a ferritin from 100 to 300 ng/mL with a saturation below 20 % is
        functional deficiency: the class that the document is about.""",
        day=0,
    )
    status = walk.status(patient)["heartFailure"]
    assert status["classification"] == "functional"


def the_table(walk, patient):
    walk.step(
        "The label's table says how much",
        """From 70 kg on and with 10 to 14 g/dL it is 1,000 mg on day 1 and 500 mg in week 6. An
        order of twice 1,000 mg is refused: the plan would be more than the table's. The order by
        the table is accepted, and shows what it was reckoned from.""",
        day=0,
    )
    wrong = walk.order_body(0, "injectafer", "FCM-US-HF", "heartFailure", [1000, 1000], "heartFailureTable")
    refusal = walk.refused(
        f"{patient}/orders", wrong, "gates-shut", {"status": ..., "code": ..., "findings": gates("G-CUM")}
    )
    assert by_gate(refusal)["G-CUM"]["verdict"] == "blocked"
    order = walk.order(
        patient, 0, "injectafer", "FCM-US-HF", "heartFailure", [1000, 500], "heartFailureTable"
    )
    shape = {"orders": [{"order": {"prescribed": ..., "plannedTotal": ..., "need": ...}}]}
    need = walk.get(patient, shape)["orders"][0]["order"]["need"]
    assert need["amount"] == {"value": 1500, "unit": "mg"}
    assert need["formula"] == "Injectafer heart failure: day 1 1000 mg, week 6 500 mg"
    return order


def information(walk, patient, order):
    walk.step(
        "The hypothesis is shown, and stops nothing",
        """The gates are open. Among them G-HFINFO says that ferritin is not below 100 ng/mL, with
        the document and the paper as its source and the severity information. The dose is given.""",
        day=0,
    )
    walk.check(patient, 0)
    answer, findings = walk.review(order, 0, "G-DX", "G-HFINFO")
    assert answer["open"] and is_shut(findings) == []
    finding = findings["G-HFINFO"]
    assert (finding["severity"], finding["nextStep"]) == ("information", "show-ferrokinetic-class")
    assert values(finding["predicates"])["ferritin"] == "150"
    walk.infuse(order, 0, 1000)


def the_queue(walk, patient):
    walk.step(
        "Three decisions to come",
        """The plan of the label has three decisions, in weeks 12, 24 and 36. Each is on the queue
        from the first dose on, counted from day 1 of the plan whatever comes between (R7).
        Phosphate is looked at after two weeks (R5).""",
        day=0,
    )
    rows = walk.queue(patient, 0, "R5", "R7w12", "R7w24", "R7w36")
    due = {rule: row["due"] for rule, row in rows.items()}
    assert due["R5"] == walk.on(14).isoformat()
    assert [due[rule] for rule in ("R7w12", "R7w24", "R7w36")] == [
        walk.on(day).isoformat() for day in (84, 168, 252)
    ]
    assert rows["R7w12"]["tests"] == ["ferritin", "hemoglobin", "transferrinSaturation"]
    why = walk.why(rows["R7w12"])
    assert values(why["predicates"])["plan-day-1"] == walk.on(0).isoformat()


def week_6_ahead(walk, patient, order):
    walk.step(
        "Week 6, asked too early",
        """On day 20 somebody asks about the second dose. The answer is no, and names the first date
        on which the interval is kept.""",
        day=20,
    )
    answer, findings = walk.review(order, 20, "G-INTERVAL", dose=500)
    assert not answer["open"]
    assert findings["G-INTERVAL"]["nextStep"] == "wait-until"
    assert findings["G-INTERVAL"]["passesFrom"] == walk.on(42).isoformat()


def after_twelve_weeks(walk):
    """Another patient, whose plan began twelve weeks ago: both doses given, a count of week 10 known."""
    walk.is_telling = False
    walk.begin(days=86)
    patient = who_he_is(walk)
    walk.labs(patient, 68, hemoglobin=12.3)
    walk.weigh(patient, 68, 76)
    order = walk.order(
        patient, 0, "injectafer", "FCM-US-HF", "heartFailure", [1000, 500], "heartFailureTable"
    )
    walk.check(patient, 0)
    walk.infuse(order, 0, 1000)
    walk.labs(patient, 40, hemoglobin=12.1, phosphate=3.1)
    walk.weigh(patient, 42, 76)
    walk.context(patient, 42, CONTEXT, infection(False))
    walk.check(patient, 42)
    walk.infuse(order, 42, 500)
    walk.is_telling = True
    return patient


def maintenance(walk, patient, ferritin, saturation):
    """The panel of week 12, and an order for the maintenance dose."""
    walk.labs(
        patient, 82, hemoglobin=12.4, ferritin=ferritin, transferrinSaturation=saturation, phosphate=3.0
    )
    walk.weigh(patient, 84, 76)
    walk.context(patient, 84, CONTEXT, infection(False))
    walk.check(patient, 84)


def maintenance_order(walk, patient):
    return walk.order(patient, 84, "injectafer", "FCM-US-HF", "heartFailure", [500], "heartFailureTable")


def week_12(walk):
    patient = after_twelve_weeks(walk)
    walk.step(
        "Week 12: ferritin asks for more",
        """Another patient, with the same requests until here and a first dose that lies twelve
        weeks back. The row of week 12 is due. His panel has a ferritin of 90 ng/mL: below 100 the
        label allows 500 mg whatever the saturation. The panel answers the row, the dose is open and
        given, and weeks 24 and 36 stay where they were.""",
        day=84,
    )
    rows = walk.queue(patient, 84, "R7w12")
    assert rows["R7w12"]["status"] == "due"
    maintenance(walk, patient, 90, 22)
    order = maintenance_order(walk, patient)
    answer, findings = walk.review(order, 84, "G-DX", "G-PO4", "G-HFINFO")
    assert answer["open"]
    assert findings["G-HFINFO"]["verdict"] == "passed"
    walk.infuse(order, 84, 500)
    rows = walk.queue(patient, 84, "R7w12", "R7w24", "R7w36")
    assert "R7w12" not in rows
    assert rows["R7w24"]["due"] == walk.on(168).isoformat()
    assert rows["R7w36"]["due"] == walk.on(252).isoformat()


def week_12_without_need(walk):
    patient = after_twelve_weeks(walk)
    walk.step(
        "Week 12: ferritin asks for none",
        """A third patient, the same until here. His ferritin is 180 ng/mL with a saturation of 24
        %: iron is replete, and no maintenance dose gets through. The information about ferritin
        stands beside it and is not what stops it.""",
        day=84,
    )
    maintenance(walk, patient, 180, 24)
    status = walk.status(patient, BRIEF)["heartFailure"]
    assert status["classification"] == "replete"
    body = walk.order_body(84, "injectafer", "FCM-US-HF", "heartFailure", [500], "heartFailureTable")
    order = walk.make(f"{patient}/orders", body)
    refusal = walk.refused(
        f"/v1/orders/{order}/doses", walk.dose_body(84, 500), "gates-shut",
        {"status": ..., "code": ..., "findings": gates("G-DX", "G-NOTID", "G-HFINFO")},
    )
    assert is_shut(by_gate(refusal)) == ["G-DX", "G-NOTID"]
    assert by_gate(refusal)["G-HFINFO"]["severity"] == "information"
