"""Calendars from outside: what a program of somebody else's reads in the feeds, and that the table and the JSON
say the same. Needs what test_service.py needs; links are made where FERROVIA_BIN names the programs.
"""

import csv
import datetime
import io
import os
import subprocess
import uuid
import zoneinfo

import httpx
import icalendar
import pytest

from clinic import BASE, NOW, ORDER, SITE, TOKEN, Clinic, at, connect, registration


pytestmark = pytest.mark.skipif(
    not (BASE and TOKEN), reason="FERROVIA_BASE_URL and FERROVIA_TOKEN name no service"
)

CHAIR = f"chair-{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="module")
def clinic():
    with connect() as client:
        yield Clinic(client)


def ordered(clinic):
    """A patient who may be booked, and the order."""
    patient = clinic.command("/v1/patients", registration())["patient"]
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
    return patient, clinic.command(f"{path}/orders", ORDER)["created"][0]["id"]


def slot(start, minutes, chair=CHAIR):
    end = start + datetime.timedelta(minutes=minutes)
    return {"site": SITE, "chair": chair, "start": start.isoformat(), "end": end.isoformat()}


@pytest.fixture(scope="module")
def story(clinic):
    """A visit that was moved over midnight, a hold, and a visit that was cancelled; all in one chair."""
    zone = zoneinfo.ZoneInfo(clinic.get(f"/v1/sites/{SITE}/calendar")["timeZone"])
    day = NOW.astimezone(zone).date() + datetime.timedelta(days=2)
    morning = datetime.datetime.combine(day, datetime.time(9), zone)
    late = datetime.datetime.combine(day, datetime.time(23, 15), zone)
    patients, orders = zip(*(ordered(clinic) for _ in range(3)))
    booked = clinic.command(f"/v1/orders/{orders[0]}/appointments", slot(morning, 90))
    before = booked["position"]
    moved = booked["created"][0]["id"]
    clinic.command(f"/v1/appointments/{moved}/move", slot(late, 120))
    kept = {**slot(morning, 60), "minutes": 60}
    held = clinic.command(f"/v1/orders/{orders[1]}/holds", kept)["created"][0]["id"]
    noon = morning + datetime.timedelta(hours=3)
    gone = clinic.command(f"/v1/orders/{orders[2]}/appointments", slot(noon, 60))["created"][0]["id"]
    clinic.command(f"/v1/appointments/{gone}/cancel", {"reason": "patientRequest"})
    return {
        "day": day, "late": late, "morning": morning, "before": before, "moved": moved, "held": held,
        "gone": gone, "patients": patients, "orders": orders,
    }


def events(text):
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_a_program_of_somebody_elses_reads_the_feed(clinic, story):
    answer = clinic.client.get(f"/v1/sites/{SITE}/chairs/{CHAIR}/calendar.ics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    read = events(answer.content)
    assert set(read) == {story["moved"], story["held"], story["gone"]}

    moved = read[story["moved"]]
    assert moved["DTSTART"].dt == story["late"]
    assert moved["DTEND"].dt - moved["DTSTART"].dt == datetime.timedelta(hours=2)
    assert moved["DTSTART"].dt.astimezone(story["late"].tzinfo).date() == story["day"]
    assert (moved["STATUS"], moved["TRANSP"], moved["SEQUENCE"]) == ("CONFIRMED", "OPAQUE", 1)
    assert moved["SUMMARY"] == f"Infusion, {CHAIR}, booked"
    assert moved["LOCATION"] == f"{SITE}, {CHAIR}"
    assert abs(moved["DTSTAMP"].dt - NOW) < datetime.timedelta(hours=1)
    assert (read[story["held"]]["STATUS"], read[story["held"]]["TRANSP"]) == ("TENTATIVE", "OPAQUE")
    assert (read[story["gone"]]["STATUS"], read[story["gone"]]["TRANSP"]) == ("CANCELLED", "TRANSPARENT")

    whole = clinic.client.get(f"/v1/sites/{SITE}/calendar.ics")
    assert set(read) <= set(events(whole.content))


def test_the_feed_is_folded_and_says_who_by_nothing(clinic, story):
    content = clinic.client.get(f"/v1/sites/{SITE}/calendar.ics").content
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    text = content.replace(b"\r\n ", b"").decode()
    for identity in story["patients"] + story["orders"]:
        assert identity not in text


def test_the_table_and_the_calendar_say_the_same(clinic, story):
    day = story["day"].isoformat()
    shown = clinic.get(f"/v1/sites/{SITE}/calendar", date=day, chair=CHAIR)
    assert shown["days"][0]["date"] == day
    calendar = {entry["appointment"]: entry for entry in shown["appointments"]}
    answer = clinic.client.get(
        f"/v1/sites/{SITE}/calendar.csv", params={"date": day, "chair": CHAIR}
    )
    assert answer.headers["Ferrovia-Position"] == str(shown["position"])
    rows = {row["appointment"]: row for row in csv.DictReader(io.StringIO(answer.text, newline=""))}
    assert set(rows) == set(calendar) == {story["moved"], story["held"], story["gone"]}
    for appointment, row in rows.items():
        entry = calendar[appointment]
        assert (row["status"], row["kind"]) == (entry["status"], entry["kind"])
        assert row["scheduled_start"] == entry["start"]["instant"]
        assert row["scheduled_start_local"] == entry["start"]["local"]
        assert (row["patient"], row["order"]) == (entry["patient"], entry["order"])
        assert int(row["scheduled_minutes"]) == entry["minutes"]
        assert entry["capacityOverride"] is None
        assert (row["override_rules"], row["override_reason"]) == ("", "")
    assert calendar[story["held"]]["heldUntil"] is not None
    # Over midnight it is on the next date too, and in the table of the first one alone.
    after = (story["day"] + datetime.timedelta(days=1)).isoformat()
    next_day = clinic.get(f"/v1/sites/{SITE}/calendar", date=after, chair=CHAIR)
    assert [entry["appointment"] for entry in next_day["appointments"]] == [story["moved"]]
    table = clinic.client.get(f"/v1/sites/{SITE}/calendar.csv", params={"date": after, "chair": CHAIR})
    assert table.text.count("\r\n") == 1


def test_the_calendar_is_shown_as_it_was_known(clinic, story):
    day = story["day"].isoformat()
    then = clinic.get(
        f"/v1/sites/{SITE}/calendar", date=day, chair=CHAIR, knownAtPosition=story["before"]
    )
    assert then["position"] == story["before"]
    (entry,) = then["appointments"]
    assert (entry["appointment"], entry["status"], entry["changes"]) == (story["moved"], "booked", 0)
    start = datetime.datetime.fromisoformat(entry["start"]["instant"])
    assert start == story["morning"]
    feed = clinic.client.get(
        f"/v1/sites/{SITE}/chairs/{CHAIR}/calendar.ics", params={"knownAtPosition": story["before"]}
    )
    assert feed.status_code == 200, feed.text
    (event,) = events(feed.content).values()
    assert (str(event["UID"]), event["DTSTART"].dt) == (story["moved"], story["morning"])


def test_a_link_reads_one_feed_and_no_other(clinic, story):
    programs = os.environ.get("FERROVIA_BIN")
    if not (programs and os.environ.get("FERROVIA_CALENDAR_KEY_FILE")):
        pytest.skip("FERROVIA_BIN and FERROVIA_CALENDAR_KEY_FILE name no programs and no keys")
    made = subprocess.run(
        [
            f"{programs}/ferrovia", "calendar", "link", SITE, "--chair", CHAIR,
            "--tenant", "demo-clinic", "--days", "1", "--url", BASE,
        ],
        capture_output=True, text=True, check=True,
    )
    url = made.stdout.strip()
    answer = httpx.get(url, timeout=30)
    assert answer.status_code == 200, answer.text
    assert answer.content == clinic.client.get(f"/v1/sites/{SITE}/chairs/{CHAIR}/calendar.ics").content
    for forged in (
        url.replace(CHAIR, "chair-1"), url.replace(f"/chairs/{CHAIR}", ""), url.replace("expires=1", "expires=2"),
        url[:-1], url.replace("/calendar.ics", "/out-of-service"),
    ):
        assert httpx.get(forged, timeout=30).status_code in (401, 405)
