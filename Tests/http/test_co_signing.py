"""A hard gate is overridden by two people, each with a token of their own. Needs what test_service.py needs;
second tokens are made where FERROVIA_BIN names the programs and FERROVIA_STATE_DIRECTORY their keys.
"""

import os
import pathlib
import subprocess
import uuid

import pytest

from clinic import BASE, ORDER, TOKEN, Clinic, at, connect, registration

PROGRAMS = os.environ.get("FERROVIA_BIN")
STATE = os.environ.get("FERROVIA_STATE_DIRECTORY")
HEADER = "Ferrovia-Co-Signer"

pytestmark = pytest.mark.skipif(
    not (BASE and TOKEN and PROGRAMS and STATE), reason="there is no service, or nobody to sign second"
)


def token(*options):
    made = subprocess.run(
        [f"{PROGRAMS}/ferrovia", "dev", "token", "--state-dir", STATE, "--tenant", "demo-clinic", *options],
        capture_output=True, text=True, check=True,
    )
    return made.stdout.strip()


@pytest.fixture(scope="module")
def clinic():
    with connect() as client:
        yield Clinic(client)


@pytest.fixture(scope="module")
def second():
    return token("--subject", "dr-second")


@pytest.fixture(scope="module")
def patient(clinic):
    patient = clinic.command("/v1/patients", registration())["patient"]
    result = {"analyte": "hemoglobin", "value": 9.2, "unit": "g/dL", "collectedAt": at(-1)}
    clinic.command(f"/v1/patients/{patient}/labs", {"results": [result]})
    weighed = {"weight": {"value": 62.4, "unit": "kg"}, "measuredAt": at(0, -120)}
    clinic.command(f"/v1/patients/{patient}/measurements", weighed)
    return patient


@pytest.fixture(scope="module")
def order(clinic, patient):
    return clinic.command(f"/v1/patients/{patient}/orders", ORDER)["created"][0]["id"]


@pytest.fixture
def body(order):
    """Whether there is an infection nobody has asked: hard, and not to be told."""
    return {
        "gate": "G-INFECT",
        "order": order,
        "reason": "resultKnownElsewhere",
        "justification": "Seen this morning on the ward, afebrile.",
        "expiresAt": at(0, 240),
        "patientRisk": "low",
        "evidenceRef": "10.1002/ajh.27220",
    }


def refused(answer):
    return answer.status_code, answer.json()["code"]


def test_nobody_opens_a_hard_gate_alone(clinic, body):
    assert refused(clinic.send("/v1/overrides", body)) == (422, "override-not-allowed")
    twice = clinic.send("/v1/overrides", body, **{HEADER: f"Bearer {TOKEN}"})
    assert refused(twice) == (422, "override-not-allowed")


def test_a_name_is_no_signature(clinic, body):
    answer = clinic.send("/v1/overrides", body | {"coSigner": "dr-second"})
    assert refused(answer) == (422, "invalid-body")
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/coSigner"
    assert HEADER in error["accepted"]


def test_a_second_token_that_does_not_do_is_told_apart_and_stands_nowhere(clinic, body, second):
    expired = token("--subject", "dr-second", "--hours=-1")
    reader = token("--subject", "dr-second", "--scope", "patient.read")
    forged = second[:-8] + ("A" * 8 if second[-8:] != "A" * 8 else "B" * 8)
    for value, wanted in (
        (f"Bearer {forged}", (401, "co-signer-token-invalid")),
        (second, (401, "co-signer-token-invalid")),
        (f"Bearer {expired}", (401, "co-signer-token-expired")),
        (f"Bearer {reader}", (403, "co-signer-scope-missing")),
    ):
        answer = clinic.send("/v1/overrides", body, **{HEADER: value})
        assert refused(answer) == wanted, answer.text
        assert HEADER in answer.headers["WWW-Authenticate"]
        assert value.removeprefix("Bearer ") not in answer.text
    log = pathlib.Path(STATE, "logs", "ferroviad.log").read_text()
    for secret in (forged, second, expired, reader):
        assert secret not in log


def test_the_second_person_is_written_down_and_how_the_gate_was_asked(clinic, patient, body, second):
    key = str(uuid.uuid4())
    given = clinic.send("/v1/overrides", body, key=key, **{HEADER: f"Bearer {second}"})
    assert given.status_code == 201, given.text
    # A newer token of the same person is the same signature; nobody's and another's are not.
    again = clinic.send(
        "/v1/overrides", body, key=key, **{HEADER: f"Bearer {token('--subject', 'dr-second', '--hours', '2')}"}
    )
    assert (again.status_code, again.text) == (201, given.text)
    assert again.headers["Idempotency-Replayed"] == "true"
    third = token("--subject", "dr-third")
    for headers in ({}, {HEADER: f"Bearer {third}"}):
        other = clinic.send("/v1/overrides", body, key=key, **headers)
        assert refused(other) == (422, "idempotency-key-reused")

    (shown,) = clinic.get(f"/v1/patients/{patient}")["overrides"]
    override = shown["override"]
    assert override["coSigner"] == "dr-second"
    assert (override["role"], override["patientRisk"]) == ("prescriber", "low")
    assert override["asked"]["severity"] == "hard"
    assert override["asked"]["ruleVersion"] >= 1
    assert all(version < shown["version"] for version in override["asked"]["evidence"])
    assert override["evidenceRef"] == {"status": "present", "text": "10.1002/ajh.27220"}
    # In the feed what somebody wrote stays sealed.
    first = given.json()["positions"]["first"]
    (event, *_) = clinic.get("/v1/events", after=first - 1, limit=5)["events"]
    assert (event["type"], event["payloadVersion"]) == ("gate-overridden", 3)
    assert "10.1002" not in str(event)


def overload(present, minutes, **more):
    """What is known of the patient's iron stores, as of so many minutes ago."""
    fact = {"type": "knownIronOverload", "present": present}
    return {"contexts": ["general"], "facts": [fact], "effectiveAt": at(0, -minutes)} | more


def test_known_overload_is_taken_back_by_two_people_one_of_them_a_prescriber(clinic, patient, second):
    path = f"/v1/patients/{patient}/context"
    nurse = {"Authorization": f"Bearer {token('--subject', 'nurse-7', '--role', 'nurse')}"}
    why = {"reason": "enteredInError", "justification": "Of another patient of the same name."}
    said = clinic.send(path, overload(True, 20), **nurse)
    assert said.status_code == 200, said.text

    def lacks(answer):
        assert refused(answer) == (422, "sign-off-needed"), answer.text
        assert answer.json()["block"] == "knownIronOverload"
        return answer.json()["signOff"]

    assert lacks(clinic.send(path, overload(False, 10), **nurse)) == "reason-missing"
    by_nurse = clinic.send(path, overload(False, 10, **why), **nurse, **{HEADER: f"Bearer {second}"})
    assert lacks(by_nurse) == "prescriber-required"
    assert lacks(clinic.send(path, overload(False, 10, **why))) == "second-signature-missing"
    twice = clinic.send(path, overload(False, 10, **why), **{HEADER: f"Bearer {TOKEN}"})
    assert lacks(twice) == "second-signature-own"

    done = clinic.send(path, overload(False, 10, **why), **{HEADER: f"Bearer {second}"})
    assert done.status_code == 200, done.text
    first = done.json()["positions"]["first"]
    events = clinic.get("/v1/events", after=first - 1, limit=5)["events"]
    assert "signed-off" in [event["type"] for event in events]
    # In the feed what somebody wrote stays sealed.
    assert "same name" not in str(events)
