"""Founding document 1: iron deficiency in cancer."""

from .walk import ASKED, BRIEF, Walk, by_gate, gates, holding, infection, is_shut, therapy, values

NAME = "oncology"
TITLE = "Cancer and iron deficiency"
ASKS = """Ferritin and saturation before any iron. Deficiency up to a ferritin of 100 ng/mL
    where the saturation is low. No iron during an infection. A close watch, above all over the
    first dose. Blood counts for as long as the treatment runs."""
STORY = """A man of 64 with cancer of the colon, on chemotherapy, at a European site; 74 kg,
    tired and anaemic."""


def walk(clinic):
    walk = Walk(clinic, "main", days=20)
    patient = who_he_is(walk)
    order = ferritin_alone(walk, patient)
    low_saturation(walk, patient, order)
    fever(walk, patient, order)
    dose = the_first_dose(walk, patient, order)
    the_watch(walk, dose)
    the_queue(walk, patient)
    the_next_count(walk, patient)
    return walk


def who_he_is(walk):
    walk.step(
        "Who he is",
        """Registration, the context, the running therapy, the answers to what is asked of everybody
        before iron, and the weight.""",
        day=0,
    )
    patient = walk.register("Prova", "Ugo", 64, "male")
    walk.context(patient, 0, ["oncology"], therapy("chemotherapy"), *ASKED)
    walk.weigh(patient, 0, 74)
    return patient


def ferritin_alone(walk, patient):
    walk.step(
        "Ferritin alone is not enough",
        """The first results have a ferritin of 80 ng/mL and no saturation; the document wants both.
        The status says what is missing and guesses nothing. A prescriber may plan the course
        already, 2,000 mg by the label's table, but no dose gets through: the diagnosis cannot be
        told, and the next step is to order the test.""",
        day=0,
    )
    walk.labs(patient, 0, hemoglobin=9.4, ferritin=80, cReactiveProtein=14, phosphate=3.1)
    status = walk.status(patient, BRIEF)
    assert status["oncology"]["classification"] == "indeterminate"
    assert status["oncology"]["flags"] == ["saturationMissing"]
    order = walk.order(patient, 0, "ferinject", "FCM-EU-inf", "oncology", [1000, 1000], "simplifiedTable")
    answer, findings = walk.review(order, 1, "G-DX")
    assert not answer["open"]
    assert findings["G-DX"]["verdict"] == "indeterminate"
    assert findings["G-DX"]["severity"] == "hard"
    assert findings["G-DX"]["nextStep"] == "order-labs"
    return order


def low_saturation(walk, patient, order):
    walk.step(
        "A ferritin of 80 with a low saturation is deficiency",
        """In cancer inflammation raises ferritin, so the limit is 100 ng/mL where the saturation is
        low. With 12 % the same ferritin is absolute deficiency; each value stands beside its limit
        and the limit's source. Of the gates only those of the chair are left: vital signs, staff,
        consent.""",
        day=2,
    )
    walk.labs(patient, 2, transferrinSaturation=12)
    status = walk.status(patient)["oncology"]
    assert (status["classification"], status["flags"]) == ("absolute", [])
    assert holding(status["predicates"]) == {"ferritin <= 100", "transferrin-saturation < 20"}
    _, findings = walk.review(order, 3, "G-DX", "G-VITALS", "G-STAFF", "G-CONSENT")
    assert findings["G-DX"]["verdict"] == "passed"
    assert is_shut(findings) == ["G-VITALS", "G-STAFF", "G-CONSENT"]


def fever(walk, patient, order):
    walk.step(
        "An infection: no iron today",
        """He comes for the first dose with an infection. The dose is refused with 409 and one shut
        gate; everything else is in order. It is hard: only a prescriber could take responsibility
        for passing it, with a reason and a second signature. Nothing was recorded of the refused
        dose.""",
        day=4,
    )
    walk.context(patient, 4, ["oncology"], infection(True))
    walk.check(patient, 4)
    refusal = walk.refused(
        f"/v1/orders/{order}/doses", walk.dose_body(4, 1000), "gates-shut",
        {"status": ..., "code": ..., "detail": ..., "findings": gates("G-INFECT")},
    )
    assert is_shut(by_gate(refusal)) == ["G-INFECT"]
    finding = by_gate(refusal)["G-INFECT"]
    assert (finding["severity"], finding["nextStep"]) == ("hard", "reschedule-after-resolution")
    assert values(finding["predicates"])["active-infection"] == "true"


def the_first_dose(walk, patient, order):
    walk.step(
        "The infection is over: the dose goes",
        """Eight days later he is well. During cancer treatment a haemoglobin counts for a dose for
        seven days only, so there is a new one. All gates are open, and the first 1,000 mg are
        given.""",
        day=12,
    )
    walk.labs(patient, 11, hemoglobin=9.2)
    walk.context(patient, 12, ["oncology"], infection(False))
    walk.check(patient, 12)
    answer, findings = walk.review(order, 12, "G-DX", "G-INFECT")
    assert answer["open"] and is_shut(findings) == []
    dose = walk.make(f"/v1/orders/{order}/doses", walk.dose_body(12, 1000))
    walk.post(f"/v1/doses/{dose}/complete", walk.dose_end(12, 1000))
    return dose


def the_watch(walk, dose):
    walk.step(
        "He is watched after it",
        """A discharge fifteen minutes after the end is refused: half an hour is the least. After it
        he may go.""",
        day=12,
    )
    path = f"/v1/doses/{dose}/discharge"
    refusal = walk.refused(
        path, {"stable": True, "dischargedAt": walk.at(12, 10, 40)}, "observation-too-short",
        {"status": ..., "code": ..., "observedMinutes": ..., "requiredMinutes": ...},
    )
    assert (refusal["observedMinutes"], refusal["requiredMinutes"]) == (15, 30)
    walk.post(path, {"stable": True, "dischargedAt": walk.at(12, 10, 55)})


def the_queue(walk, patient):
    walk.step(
        "The looks that follow, and why",
        """What must be looked at again is on the queue. The blood count of the cancer treatment
        (R11) is due weekly, since haemoglobin is below 10 g/dL; its row says so. The others follow
        the iron: a word after the first dose (R1), haemoglobin (R2, R3), ferritin and saturation
        not before four weeks, when they are no longer falsely high (R4).""",
        day=12,
    )
    rows = walk.queue(patient, 12, "R11", "R1", "R2", "R3", "R4")
    assert {"R11", "R1", "R2", "R3", "R4", "R6"} <= rows.keys()
    assert rows["R11"]["tests"] == ["hemoglobin"]
    assert rows["R11"]["due"] == walk.on(11 + 7).isoformat()
    assert rows["R4"]["earliest"] == walk.on(12 + 28).isoformat()
    why = walk.why(rows["R11"])
    said = values(why["predicates"])
    assert (said["running-therapy"], said["hemoglobin"]) == ("chemotherapy", "9.2")
    assert [entry["type"] for entry in why["evidence"]] == ["clinical-fact-recorded", "lab-recorded"]


def the_next_count(walk, patient):
    walk.step(
        "The next count answers the row",
        """A week after the last count comes 10.3 g/dL. The row is answered and the next one opened:
        monthly from now on, since haemoglobin is no longer below 10. Whether the course worked is
        not asked yet; that is R3, four weeks after the last dose.""",
        day=18,
    )
    walk.labs(patient, 18, hemoglobin=10.3)
    rows = walk.queue(patient, 18, "R11", "R3")
    assert rows["R11"]["due"] == walk.on(18 + 28).isoformat()
    assessment = walk.response(patient, 18)
    assert assessment["level"] == "tooEarly"
