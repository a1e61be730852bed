"""The service from outside: one patient's story over HTTP, against the real store.

Needs a running service: FERROVIA_BASE_URL (or FERROVIA_HTTP_URL) and FERROVIA_TOKEN, a token of a tenant
with a site in Europe (FERROVIA_SITE, `main` if not set) and every scope. Each run registers a patient of
its own and leaves nothing else behind.
"""

import concurrent.futures
import datetime
import json
import os
import subprocess
import time
import uuid

import httpx
import pytest

from clinic import BASE, CHECK, NOW, ORDER, SITE, TOKEN, Clinic, at, connect, milligrams, registration


pytestmark = pytest.mark.skipif(
    not (BASE and TOKEN), reason="FERROVIA_BASE_URL and FERROVIA_TOKEN name no service"
)


@pytest.fixture(scope="module")
def clinic():
    with connect() as client:
        yield Clinic(client)


@pytest.fixture(scope="module")
def patient(clinic):
    return clinic.command("/v1/patients", registration())["patient"]


@pytest.fixture(scope="module")
def story(clinic, patient):
    """From the first results to the discharge; what was created, by kind."""
    path = f"/v1/patients/{patient}"
    results = [
        {"analyte": "hemoglobin", "value": 9.20, "unit": "g/dL", "collectedAt": at(-2)},
        {"analyte": "ferritin", "value": 9.5, "unit": "ng/mL", "collectedAt": at(-2)},
        {"loinc": "2502-3", "value": 8, "unit": "%", "collectedAt": at(-2)},
        {"analyte": "phosphate", "value": 3.4, "unit": "mg/dL", "collectedAt": at(-2)},
    ]
    clinic.command(f"{path}/labs", {"results": results})
    clinic.command(
        f"{path}/measurements", {"weight": {"value": 62.4, "unit": "kg"}, "measuredAt": at(0, -120)}
    )
    facts = [
        {"type": "infection", "active": False},
        {"type": "pregnancy", "status": "notPregnant"},
        {"type": "knownIronOverload", "present": False},
        {"type": "hypophosphatemiaRisk", "present": False},
    ]
    clinic.command(
        f"{path}/context", {"contexts": ["general"], "facts": facts, "effectiveAt": at(0, -110)}
    )
    order = clinic.command(f"{path}/orders", ORDER)["created"][0]["id"]
    # A visit of now: what is booked, checked and given must be of one date in the clinic, also near midnight.
    # (The weight may be of the day before, so it is well away from the 70 kg where the table has a step.)
    slot = {"site": SITE, "chair": f"chair-{uuid.uuid4().hex[:8]}", "start": at(0, -75), "end": at(0, 90)}
    appointment = clinic.command(f"/v1/orders/{order}/appointments", slot)["created"][0]["id"]
    clinic.command(f"{path}/chairside-checks", CHECK | {"checkedAt": at(0, -75)})
    started = {"appointment": appointment, "planned": milligrams(1000), "startedAt": at(0, -75)}
    dose = clinic.command(f"/v1/orders/{order}/doses", started)["created"][0]["id"]
    end = {"given": milligrams(1000), "lot": "AB1234", "expiry": "2099-12-31", "endedAt": at(0, -45)}
    clinic.command(f"/v1/doses/{dose}/complete", end)
    clinic.command(f"/v1/doses/{dose}/discharge", {"stable": True, "dischargedAt": at(0, -5)})
    return {"order": order, "appointment": appointment, "dose": dose}


def test_the_story_is_told_back(clinic, patient, story):
    shown = clinic.get(f"/v1/patients/{patient}")
    assert shown["identity"]["identity"]["name"]["family"] == "Prova"
    assert shown["doses"][0]["status"] == "discharged"
    assert shown["orders"][0]["given"] == milligrams(1000)
    timeline = clinic.get(f"/v1/patients/{patient}/timeline", limit=500)["entries"]
    assert [entry["version"] for entry in timeline] == list(range(1, shown["version"] + 1))
    assert "dose-completed" in [entry["type"] for entry in timeline]


def test_a_past_state_is_read_by_position(clinic, patient, story):
    timeline = clinic.get(f"/v1/patients/{patient}/timeline", limit=500)["entries"]
    first = timeline[0]["position"]
    early = clinic.get(f"/v1/patients/{patient}", knownAtPosition=first)
    assert early["version"] == 1
    assert early["position"] == first
    assert early["doses"] == []


def test_the_queue_asks_for_another_look_and_says_why(clinic, patient, story):
    rows, cursor = [], None
    on = (NOW + datetime.timedelta(days=40)).date().isoformat()
    while True:
        parameters = {"site": SITE, "on": on, "limit": 500, **({"cursor": cursor} if cursor else {})}
        page = clinic.get("/v1/queues/recheck", **parameters)
        rows += [row for row in page["rows"] if row["patient"] == patient]
        cursor = page["next"]
        if cursor is None:
            break
    assert rows, "a completed dose opens rechecks"
    for row in rows:
        why = clinic.get(f"/v1/queues/recheck/{row['id']}/why")
        assert why["row"]["evidence"] == [entry["position"] for entry in why["evidence"]]
        assert why["openedBy"]["position"] == row["openedPosition"]
        assert why["predicates"]


def test_a_recheck_is_closed_by_a_person(clinic, patient, story):
    shown = clinic.get(f"/v1/patients/{patient}")
    recheck = f"{patient}.{shown['openRechecks'][0]['recheck']}"
    receipt = clinic.command(f"/v1/queues/recheck/{recheck}/close", {"reason": "resultSeenElsewhere"})
    assert "recheck-closed" in receipt["events"]
    now = clinic.get(f"/v1/queues/recheck/{recheck}/why")["row"]
    assert now["closedPosition"] == receipt["positions"]["first"]
    again = clinic.send(f"/v1/queues/recheck/{recheck}/close", {"reason": "resultSeenElsewhere"})
    assert (again.status_code, again.json()["code"]) == (409, "recheck-not-open")


def test_the_feed_is_dense_and_in_order(clinic, patient, story):
    after = clinic.get(f"/v1/patients/{patient}/timeline", limit=1)["entries"][0]["position"] - 1
    positions, types = [], []
    while True:
        page = clinic.get("/v1/events", after=after, limit=500)
        positions += [event["position"] for event in page["events"]]
        types += [event["type"] for event in page["events"] if patient in event["stream"]]
        if page["next"] == after:
            break
        after = page["next"]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    assert types[0] == "patient-registered"
    assert "Prova" not in json.dumps(clinic.get("/v1/events", after=positions[0] - 1, limit=5))


def test_the_feed_streams_what_comes(clinic, patient, story):
    head = clinic.get("/v1/events", after=0, limit=1)["position"]
    headers = {"Accept": "text/event-stream", "Last-Event-ID": str(head)}
    with clinic.client.stream("GET", "/v1/events", headers=headers) as stream:
        assert stream.headers["content-type"] == "text/event-stream"
        with connect() as client:
            body = {"height": {"value": 171, "unit": "cm"}, "measuredAt": at(0, -60)}
            receipt = Clinic(client).command(f"/v1/patients/{patient}/measurements", body)
        ids = []
        until = time.monotonic() + 20
        for line in stream.iter_lines():
            if line.startswith("id: "):
                ids.append(int(line[4:]))
            if ids and ids[-1] >= receipt["positions"]["last"] or time.monotonic() > until:
                break
    assert ids[0] == head + 1
    assert ids == list(range(ids[0], ids[0] + len(ids)))


def test_a_retry_gets_the_first_answer(clinic, patient):
    body = {"units": 1, "transfusedAt": at(-30)}
    key = str(uuid.uuid4())
    first = clinic.send(f"/v1/patients/{patient}/transfusions", body, key=key)
    second = clinic.send(f"/v1/patients/{patient}/transfusions", body, key=key)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert second.headers["Idempotency-Replayed"] == "true"
    other = clinic.send(f"/v1/patients/{patient}/transfusions", {**body, "units": 2}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_sixteen_at_once_with_one_key_are_one_command(clinic, patient):
    key = str(uuid.uuid4())
    body = {"units": 1, "transfusedAt": at(-60)}
    path = f"/v1/patients/{patient}/transfusions"
    before = clinic.get(f"/v1/patients/{patient}")
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: clinic.send(path, body, key=key), range(16)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    after = clinic.get(f"/v1/patients/{patient}")
    assert len(after["transfusions"]) == len(before["transfusions"]) + 1


def test_sixteen_at_once_with_their_own_keys_all_get_through(clinic, patient):
    path = f"/v1/patients/{patient}/transfusions"
    before = clinic.get(f"/v1/patients/{patient}")

    def send(number):
        body = {"units": 1, "transfusedAt": at(-100 - number)}
        key = str(uuid.uuid4())
        for _ in range(20):
            answer = clinic.send(path, body, key=key)
            if answer.status_code != 503:
                return answer
            time.sleep(float(answer.headers["Retry-After"]) / 10)
        return answer

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(send, range(16)))
    assert {answer.status_code for answer in answers} == {201}
    after = clinic.get(f"/v1/patients/{patient}")
    assert len(after["transfusions"]) == len(before["transfusions"]) + 16


@pytest.fixture
def held_log():
    """Somebody keeps the lock of every clinic's log, from psql."""
    administrator = os.environ.get("FERROVIA_ADMIN_DATABASE_URL")
    if not administrator:
        pytest.skip("FERROVIA_ADMIN_DATABASE_URL names no administrator of the database")
    command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", administrator]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as psql:
        psql.stdin.write("BEGIN; SELECT 'held' FROM event_log.tenants FOR NO KEY UPDATE;\n")
        psql.stdin.flush()
        assert psql.stdout.readline().strip() == "held"
        yield psql
        if psql.poll() is None:
            psql.communicate()


def test_a_log_that_somebody_holds_is_busy_and_the_same_key_gets_through_afterwards(clinic, patient, held_log):
    path, body, key = f"/v1/patients/{patient}/transfusions", {"units": 1, "transfusedAt": at(-90)}, str(uuid.uuid4())
    answer = clinic.send(path, body, key=key)
    assert (answer.status_code, answer.json()["code"]) == (503, "store-busy")
    assert int(answer.headers["Retry-After"]) >= 1
    # Who only reads waits for nobody.
    assert clinic.get(f"/v1/patients/{patient}")["id"] == patient
    held_log.communicate("ROLLBACK;\n")
    assert clinic.send(path, body, key=key).status_code == 201


def test_a_stale_version_is_refused_with_the_current_one(clinic, patient):
    path = f"/v1/patients/{patient}/measurements"
    body = {"weight": {"value": 70, "unit": "kg"}, "measuredAt": at(0, -10)}
    shown = clinic.client.get(f"/v1/patients/{patient}")
    good = clinic.send(path, body, **{"If-Match": shown.headers["ETag"]})
    assert good.status_code == 200, good.text
    stale = clinic.send(path, body, **{"If-Match": shown.headers["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-mismatch")
    assert f'"{stale.json()["currentVersion"]}"' == stale.headers["ETag"] == good.headers["ETag"]


def test_an_identifier_belongs_to_one_patient(clinic):
    body = registration()
    patient = clinic.command("/v1/patients", body)["patient"]
    taken = clinic.send("/v1/patients", body)
    assert (taken.status_code, taken.json()["code"]) == (409, "identifier-taken")
    search = {"identifier": body["identity"]["identifiers"][0]}
    found = clinic.client.post("/v1/patients/search", json=search).json()
    assert found["patients"] == [{"id": patient}]


def test_a_missing_unit_is_named(clinic, patient):
    results = [{"analyte": "ferritin", "value": 9, "collectedAt": at(-1)}]
    answer = clinic.send(f"/v1/patients/{patient}/labs", {"results": results})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/results/0/unit"


def test_shut_gates_come_with_their_findings(clinic):
    """Haemoglobin and weight are there, so the need is known; whether iron is lacking is not."""
    patient = clinic.command("/v1/patients", registration())["patient"]
    result = {"analyte": "hemoglobin", "value": 9.2, "unit": "g/dL", "collectedAt": at(-1)}
    clinic.command(f"/v1/patients/{patient}/labs", {"results": [result]})
    weighed = {"weight": {"value": 62.4, "unit": "kg"}, "measuredAt": at(0, -120)}
    clinic.command(f"/v1/patients/{patient}/measurements", weighed)
    answer = clinic.send(f"/v1/patients/{patient}/orders", ORDER)
    if answer.status_code == 201:
        order = answer.json()["created"][0]["id"]
        started = {"planned": milligrams(1000), "startedAt": at(0, -5)}
        answer = clinic.send(f"/v1/orders/{order}/doses", started)
    assert (answer.status_code, answer.json()["code"]) == (409, "gates-shut"), answer.text
    verdicts = {finding["gate"]: finding["verdict"] for finding in answer.json()["findings"]}
    assert verdicts["G-DX"] in ("blocked", "indeterminate")


def test_nothing_is_shown_without_a_token(clinic, patient):
    answer = httpx.get(f"{BASE}/v1/patients/{patient}")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_machines_are_answered():
    assert httpx.get(f"{BASE}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{BASE}/readyz").json()["status"] == "ready"
    metrics = httpx.get(f"{BASE}/metrics").text
    for name in ("ferrovia_append_total", "ferrovia_log_head", "ferrovia_pool_connections"):
        assert name in metrics
    assert httpx.get(f"{BASE}/openapi.json").json()["openapi"] == "3.1.0"


def test_an_erased_patient_keeps_a_history_and_has_no_name(clinic):
    body = registration()
    identifier = body["identity"]["identifiers"][0]
    patient = clinic.command("/v1/patients", body)["patient"]
    weight = {"weight": {"value": 70, "unit": "kg"}, "measuredAt": at(days=-1)}
    clinic.command(f"/v1/patients/{patient}/measurements", weight)
    before = clinic.get(f"/v1/patients/{patient}")

    receipt = clinic.command(f"/v1/patients/{patient}/erase", {"reason": "patientRequest"})
    assert receipt["events"] == ["patient-erased"]
    shown = clinic.get(f"/v1/patients/{patient}")
    assert shown["identity"]["status"] == "erased" and shown["weight"] == before["weight"]
    # Nor as of the moment before: what sealed it is gone.
    then = clinic.get(f"/v1/patients/{patient}", knownAtPosition=before["position"])
    assert then["identity"]["status"] == "erased"
    refused = clinic.send(f"/v1/patients/{patient}/measurements", weight)
    assert (refused.status_code, refused.json()["code"]) == (409, "patient-erased")

    name = f"{identifier['system']}|{identifier['value']}"
    assert clinic.get("/v1/patients", identifier=name)["patients"] == []
    body.pop("id", None)
    again = clinic.command("/v1/patients", body)["patient"]
    assert again != patient
    assert clinic.get("/v1/patients", identifier=name)["patients"] == [{"id": again}]


def test_two_records_are_merged_and_told_apart_again(clinic):
    body = registration()
    identifier = body["identity"]["identifiers"][0]
    name = f"{identifier['system']}|{identifier['value']}"
    other = clinic.command("/v1/patients", body)["patient"]
    allergy = {"type": "ironAllergy", "moiety": "ironDextran", "serious": True}
    told = {"contexts": ["general"], "facts": [allergy], "effectiveAt": at(days=-1)}
    clinic.command(f"/v1/patients/{other}/context", told)
    survivor = clinic.command("/v1/patients", registration())["patient"]

    receipt = clinic.command(f"/v1/patients/{survivor}/merge", {"patient": other})
    assert receipt["patient"] == survivor
    assert receipt["events"].count("history-carried") == 2
    assert receipt["events"].count("patient-merged") == 1
    merged = clinic.get(f"/v1/patients/{survivor}")
    assert [merge["patient"] for merge in merged["merges"]] == [other]
    assert clinic.get(f"/v1/patients/{other}")["mergedInto"] == survivor
    refused = clinic.send(f"/v1/patients/{other}/context", told)
    assert (refused.status_code, refused.json()["code"]) == (409, "patient-merged")
    assert refused.json()["survivor"] == survivor
    assert clinic.get("/v1/patients", identifier=name)["patients"] == [{"id": survivor}]
    again = clinic.send(f"/v1/patients/{survivor}/merge", {"patient": other})
    assert (again.status_code, again.json()["merge"]) == (409, "already-merged")

    weight = {"weight": {"value": 70, "unit": "kg"}, "measuredAt": at(days=-1)}
    clinic.command(f"/v1/patients/{survivor}/measurements", weight)
    undo = {"patient": other, "reason": "differentPersons"}
    clinic.command(f"/v1/patients/{survivor}/unmerge", undo)
    shown = clinic.get(f"/v1/patients/{survivor}")
    assert len(shown["merges"][0]["toAttribute"]) == 1
    assert clinic.get(f"/v1/patients/{other}")["mergedInto"] is None
    event = shown["merges"][0]["toAttribute"][0]
    said = {"patient": other, "event": event, "owner": "thisPatient"}
    clinic.command(f"/v1/patients/{survivor}/attributions", said)
    assert clinic.get(f"/v1/patients/{survivor}")["merges"][0]["toAttribute"] == []
    for patient in (survivor, other):
        allergies = clinic.get(f"/v1/patients/{patient}")["facts"]["ironAllergies"]
        assert any(entry["value"] == {"moiety": "ironDextran", "serious": True} for entry in allergies)
    clinic.get(f"/v1/patients/{survivor}/timeline")
