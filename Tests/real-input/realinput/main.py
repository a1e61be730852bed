"""Real input, end to end: imports, iron status, who is deficient, care over HTTP, the queue, and proof."""

import argparse
import json
import os
import sys
import time
import traceback
from collections import Counter, defaultdict
from datetime import datetime, timezone
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from .api import API, Refused
from .care import CHAIRS_TODAY, FIRST_DOSE, FOLLOW_UP, LABS, RISK_ONE_IN, Care, Clock, Course
from .contexts import ContextComparison
from .expected import rows_of
from .files import FHIRCount, Survey
from .report import EXAMPLES, Report
from .tools import Tools

# Two sites, on opposite sides of the earth: at one of them it is day now, as a visit today needs.
SITES = {"boston": "America/New_York", "guam": "Pacific/Guam"}
DAY_HOURS = range(6, 22)
SYNTHEA, NHANES = "synthea", "nhanes"
SYNTHEA_SOURCE = "urn:example:synthea"
TREATED, IN_COURSE = 280, 200
# Of the treated, so many in seven send full follow-up results, one the blood count only, one none.
FOLLOW_UPS = ["full"] * 5 + ["blood count only", "none"]
REPORTING_SECONDS_MAX = 300
# Exit codes of the import, as docs/import.md has them.
COMPLETE, SOME_QUARANTINED, CONFIGURATION = 0, 1, 78


def flat(counts):
    """The codes of what is not relevant beside the other counts."""
    return {key: count for key, count in counts.items() if key != "notRelevant"} | counts["notRelevant"]


class Run:
    def __init__(self, options):
        self.data = Path(options.data)
        self.state = Path(options.state)
        self.tools = Tools(options.programs)
        self.report = Report("real-input")
        self.site = next(
            site for site, zone in SITES.items() if datetime.now(ZoneInfo(zone)).hour in DAY_HOURS
        )
        self.clock = Clock(ZoneInfo(SITES[self.site]), datetime.now(timezone.utc))
        port = int(os.environ["FERROVIA_HTTP_PORT"])
        self.apis = {
            tenant: API(port, (self.state / f"token-{tenant}").read_text().strip())
            for tenant in (SYNTHEA, NHANES)
        }
        self.api = self.apis[NHANES]
        self.care = Care(self.api, self.site, self.clock)
        self.survey = Survey(self.data / "nhanes-2017-2020/iron_status_merged.csv.gz")
        self.heads = {}
        self.patients = {}

    # --- Imports -----------------------------------------------------------------------------------

    def mapping(self, **other):
        """The survey has no dates: its samples are taken to be drawn on one day, with the ages of that day."""
        mapping = json.loads(Path(__file__).parent.with_name("nhanes.mapping.json").read_text())
        mapping["collectedAt"] = {"constant": self.clock.at(LABS, 9).isoformat()}
        mapping["patient"]["age"]["asOf"] = self.clock.date(LABS).isoformat()
        path = self.state / ("other.mapping.json" if other else "nhanes.mapping.json")
        path.write_text(json.dumps(mapping | other))
        return path

    def import_all(self):
        report = self.report
        report.chapter("Imports")
        fhir, survey = self.data / "synthea-r4", self.data / "nhanes-2017-2020/iron_status_merged.csv.gz"
        common = ("--site", self.site, "--json")
        files = [
            ("54 bundles", SYNTHEA, ("fhir", fhir / "bundles", "--source", SYNTHEA_SOURCE)),
            (
                "labs of 307 patients", SYNTHEA,
                ("fhir", fhir / "labs_all_patients.ndjson.gz", "--source", SYNTHEA_SOURCE),
            ),
            ("the survey", NHANES, ("labs", survey, "--mapping", self.mapping())),
        ]
        fhir_count = FHIRCount()
        wanted = [
            fhir_count.count(sorted((fhir / "bundles").iterdir())),
            fhir_count.count([fhir / "labs_all_patients.ndjson.gz"]),
            self.survey.expected(),
        ]
        first, again, heads, exits = [], [], None, []
        for turn in (first, again):
            for _, tenant, arguments in files:
                started = time.monotonic()
                ended = self.tools.run("import", *arguments, "--tenant", tenant, *common)
                exits.append(ended.returncode)
                if ended.returncode not in (COMPLETE, SOME_QUARANTINED):
                    raise RuntimeError(f"import: exit {ended.returncode}: {ended.stderr.strip()}")
                turn.append((json.loads(ended.stdout), time.monotonic() - started))
            if heads is None:
                heads = [self.tools.head(SYNTHEA), self.tools.head(NHANES)]
        report.table(
            ["file", "rows", "applied", "duplicate", "not relevant", "quarantined", "seconds"],
            [
                [
                    f"{name}{suffix}", a["rows"], a["applied"], a["duplicate"],
                    sum(a["notRelevant"].values()), sum(a["quarantined"].values()), f"{seconds:.0f}",
                ]
                for suffix, turn in (("", first), (", again", again))
                for (name, _, _), (a, seconds) in zip(files, turn)
            ],
        )
        report.say("")
        for (name, _, _), (answer, _), want in zip(files, first, wanted):
            quarantined = sum(answer["quarantined"].values())
            parts = answer["applied"] + answer["duplicate"] + sum(answer["notRelevant"].values()) + quarantined
            report.equal(f"{name}: the four counts add up to the rows", parts, answer["rows"])
            report.equal(
                f"{name}: each count, by code, is what Python counts in the files",
                flat({key: answer[key] for key in want}), flat(want),
            )
        report.equal(
            "the survey: what was quarantined is what no body can have",
            first[2][0]["quarantined"],
            {"value-impossible": self.survey.impossible},
        )
        for row in first[2][0]["quarantinedRows"][:EXAMPLES]:
            report.say(f"          {row['at']}: {row['reason']}")
        kinds, events = fhir_count.kinds(), self.tools.event_counts(SYNTHEA)
        told = {k: events[e] for k, e in [
            ("patient", "patient-registered"), ("lab", "lab-recorded"), ("weight", "weight-recorded"),
            ("height", "height-recorded"),
        ]}
        report.equal(
            "synthea: the log holds one event for each patient, result, weight and height of the files",
            told, {k: kinds[k] for k in told},
        )
        report.equal("a second import appends nothing", [self.tools.head(SYNTHEA), self.tools.head(NHANES)], heads)
        report.equal("and applies nothing", [a["applied"] for a, _ in again], [0, 0, 0])
        report.equal(
            "the exit code tells which imports put rows aside", exits, 2 * [COMPLETE, COMPLETE, SOME_QUARANTINED]
        )
        self.refuse_at_once(survey, heads)
        self.heads["after the imports"] = heads[1]

    def refuse_at_once(self, survey, heads):
        """What is wrong with the import itself is said, even where every row is a duplicate."""
        misspelt = [{"column": "LBXHB", "loinc": "718-7", "unit": "g/dL"}]
        for what, name, site, other in [
            ("a site that is not there", "nosuch", "nosuch", {}),
            ("a column that is not in the heading", "LBXHB", self.site, {"columns": misspelt}),
            ("a member that no mapping has", "contxt", self.site, {"contxt": "general"}),
        ]:
            ended = self.tools.run(
                "import", "labs", survey, "--mapping", self.mapping(**other), "--tenant", NHANES, "--site", site
            )
            self.report.equal(
                f"{what} is refused by name", (ended.returncode, name in ended.stderr), (CONFIGURATION, True)
            )
        self.report.equal("and appends nothing", [self.tools.head(SYNTHEA), self.tools.head(NHANES)], heads)

    # --- The iron status ---------------------------------------------------------------------------

    def find_everybody(self):
        """Ids of the people of the survey, found by their numbers as another system would."""

        def find(person):
            answer = self.api.call(
                "POST", "/v1/patients/search",
                {"identifier": {"system": "urn:example:nhanes-2017-2020", "value": person.number}}, "-",
            )
            return person.number, answer["patients"][0]["id"]

        self.patients = dict(self.api.each(find, self.survey.people))

    def compare_statuses(self):
        """The tenant's own answers, in the context of its people; then everybody in every context."""
        report, people = self.report, self.survey.people
        report.chapter("The iron status in every context")

        def ask(person):
            answers = self.api.get(f"/v1/patients/{self.patients[person.number]}")["ironStatus"]
            return [
                (a["context"], a["classification"], a["eligibleToStart"], set(a["flags"])) for a in answers
            ]

        differing = []
        for person, told in zip(people, self.api.each(ask, people)):
            status = person.general
            wanted = [("general", status.code, status.eligible, set(status.flags))]
            if told != wanted:
                differing.append(f"{person.number}: {told}, not {wanted}")
        report.check(
            f"the service shows the same of each of {len(people)} people, classification and flags", differing
        )
        report.say("", "  What if they were in another context? By both, people by classification:", "")
        ContextComparison(people, self.tools, self.state / "cases").run(report)

    # --- Who is deficient --------------------------------------------------------------------------

    def courses(self):
        adults = [person for person in self.survey.people if person.is_adult]
        found = [(person, self.patients[person.number]) for person in adults]
        return [
            Course(person, patient, str(uuid5(NAMESPACE_URL, f"{patient}/order"))) for person, patient in found
        ]

    def ask_the_gates(self, courses):
        report = self.report
        report.chapter("Who is iron-deficient")

        def ask(course):
            self.care.order(course)
            finding = self.care.asked(course)["G-DX"]
            status = next(p["value"] for p in finding["predicates"] if p["name"] == "iron-status")
            return status, (finding["severity"], finding["verdict"])

        answers = self.api.each(ask, courses)
        table = defaultdict(Counter)
        differing = []
        for course, (status, gate) in zip(courses, answers):
            person = course.person
            table[person.iron_status][gate] += 1
            if (status, gate) != (person.iron_status, person.gate):
                differing.append(
                    f"{person.number}: {status} {gate}, not {person.iron_status} {person.gate}"
                )
        report.say(
            f"  {len(courses)} adults of {len(self.survey.people)} people; each ordered for and asked about,",
            f"  as of {self.clock.date(FIRST_DOSE)}. Python applies the general row to the numbers of the file:", "",
        )
        report.table(
            ["iron status", "adults", "the gate for the diagnosis"],
            [
                [status, sum(gates.values()), ", ".join(f"{v} ({s}) {n}" for (s, v), n in gates.most_common())]
                for status, gates in sorted(table.items(), key=lambda i: -sum(i[1].values()))
            ],
        )
        report.say("")
        report.check("the service says the same of every adult, status and gate", differing)
        deficient = [course for course in courses if course.person.is_deficient]
        report.say(f"          deficient, by both: {len(deficient)}")
        self.api.each(self.care.cancel, [c for c in courses if not c.person.is_deficient])
        return deficient

    # --- Care --------------------------------------------------------------------------------------

    def give_care(self, deficient):
        report, api, care = self.report, self.api, self.care
        report.chapter("Care over HTTP")
        # Below 7 g/dL iron is not the rescue: somebody looks the same day, and no dose begins.
        able = [
            c for c in deficient
            if c.person.weight is not None and not c.person.is_pregnant and c.person.hemoglobin >= 7
        ]
        light = [c for c in able if c.is_light]
        heavy = [c for c in able if not c.is_light]
        treated, in_course = heavy[:TREATED], heavy[TREATED:][:IN_COURSE]
        for index, course in enumerate(treated):
            course.follow_up = FOLLOW_UPS[index % len(FOLLOW_UPS)]
            course.has_risk = index % RISK_ONE_IN == 0
        self.heads["after the orders"] = self.tools.head(NHANES)
        api.each(care.treat, treated)
        self.heads["after the courses"] = self.tools.head(NHANES)
        api.each(care.follow, treated)
        self.heads["after the follow-up"] = self.tools.head(NHANES)
        api.each(care.begin, in_course + light)
        booked = list(enumerate(in_course))
        slots = api.each(lambda pair: care.book(pair[1], pair[0]), booked[:-1])
        # The last of them, who still needs a chair, asks for one that is taken, and then for a free one.
        taken = self.ask_for_chair(in_course[-1], slots[CHAIRS_TODAY])
        care.book(in_course[-1], len(in_course) - 1)
        api.each(lambda pair: care.keep(pair[1], pair[0]), list(enumerate(in_course))[:CHAIRS_TODAY])
        self.heads["now"] = self.tools.head(NHANES)
        report.table(
            ["step", "people"],
            [
                ["two doses of ferric carboxymaltose, 750 mg, a week apart", len(treated)],
                [f"  follow-up results of {self.clock.date(FOLLOW_UP)}", sum(c.follow_up != "none" for c in treated)],
                ["first dose given, a chair booked for the second", len(in_course)],
                ["  second dose given today, in the booked chair", CHAIRS_TODAY],
                ["one dose of ferric derisomaltose, 20 mg/kg, below 50 kg", len(light)],
            ],
        )
        report.say("")
        events = self.tools.event_counts(NHANES)
        doses = [dose for c in deficient for dose in c.doses]
        told = {k: events.get(k, 0) for k in ("dose-started", "dose-completed", "patient-discharged")}
        report.equal("the log holds every dose: started, completed, discharged", told, dict.fromkeys(told, len(doses)))
        report.equal("and every booking", events.get("appointment-booked", 0), len(in_course))
        report.equal("a chair that is taken is refused", taken, "slot-taken")
        return treated

    def ask_for_chair(self, course, slot):
        """The code of the refusal, where there is one."""
        path, _ = self.care.booking(course, *self.care.slot(CHAIRS_TODAY))
        try:
            self.api.post(path, {**slot, "id": str(uuid5(NAMESPACE_URL, "taken"))}, "real-input-taken")
        except Refused as refused:
            return refused.code
        return "accepted"

    # --- The queue ---------------------------------------------------------------------------------

    def look_at_queue(self, courses):
        report, today = self.report, self.clock.today
        report.chapter(f"The recheck queue on {today} at {self.site}")
        by_number = {course.person.number: course for course in courses}
        phases = ["after the imports", "after the courses", "after the follow-up", "now"]
        counts, problems, rows = {}, [], []
        for phase, name in enumerate(phases):
            rows = self.api.queue(site=self.site, on=today.isoformat(), knownAtPosition=self.heads[name])
            told = Counter((row["patient"], row["rule"], row["due"], row["status"]) for row in rows)
            wanted = Counter()
            for person in self.survey.people:
                course = by_number.get(person.number)
                for rule, due, status in rows_of(person, self.clock.date(LABS), course, phase, today):
                    wanted[self.patients[person.number], rule, due, status] += 1
            counts[name] = Counter((row["rule"], row["status"]) for row in rows)
            problems += [f"{name}: {key} is not there" for key in (wanted - told)]
            problems += [f"{name}: {key} should not be there" for key in (told - wanted)]
        rules = {
            "R1": "symptoms after the first dose", "R2": "haemoglobin trend", "R3": "response", "R4": "iron stores",
            "R5": "phosphate", "R5s": "symptoms of low phosphate", "R6": "full iron panel", "R13": "surveillance",
        }
        report.table(
            ["as known", "at position", "rule", "", "upcoming", "due", "overdue"],
            [
                [
                    name if rule == "R1" else "", self.heads[name] if rule == "R1" else "", rule, rules[rule],
                    *(counts[name][(rule, status)] for status in ("upcoming", "due", "overdue")),
                ]
                for name in phases
                for rule in rules
            ],
        )
        report.say("")
        report.check("every row, at each of these positions, is what Python works out from the facts", problems)
        told = set()
        for status in ("upcoming", "due", "overdue"):
            page = self.tools.cli_json(
                "queue", "--tenant", NHANES, "--on", today, "--status", status, "--all", "--json",
                "--known-at", self.heads["now"],
            )[0]
            told |= {(row["id"], row["status"]) for row in page["rows"]}
        report.equal("ferrovia queue shows the rows that the API shows", told, {(r["id"], r["status"]) for r in rows})
        return rows

    def explain(self, rows, courses):
        report = self.report
        lost = {c.patient for c in courses if c.follow_up == "none" and c.doses}
        # The trend after iron, and not the look at a haemoglobin below 8 that may stand in its place.
        row = next(
            r for r in rows
            if r["status"] == "overdue" and r["reason"] == "hemoglobin-trend" and r["patient"] in lost
        )
        report.chapter("Why one row is there")
        report.say(f"$ ferrovia why --tenant {NHANES} {row['id']}", "")
        report.say(*self.tools.cli("why", "--tenant", NHANES, row["id"]).rstrip().splitlines(), "")
        why = self.api.get(f"/v1/queues/recheck/{row['id']}/why")
        timeline = self.api.get(f"/v1/patients/{row['patient']}/timeline", limit=500)["entries"]
        known = {entry["position"]: entry for entry in timeline}
        problems = [e["position"] for e in why["evidence"] if known.get(e["position"]) != e]
        report.check("each event it rests on is in the patient's timeline, the same", problems)
        doses = [e for e in timeline if e["type"] == "dose-completed"]
        report.check(
            "it rests on the last dose and on the haemoglobin before the course",
            {doses[-1]["position"]} - set(row["evidence"])
            or [] if any(e["type"] == "lab-recorded" for e in why["evidence"]) else ["no haemoglobin"],
        )
        earlier = self.api.queue(
            site=self.site, on=row["earliest"], knownAtPosition=row["openedPosition"]
        )
        found = [r["status"] for r in earlier if r["id"] == row["id"]]
        report.equal("as known when it was opened, it was due on its first day", found, ["due"])
        before = self.api.queue(
            site=self.site, on=row["earliest"], knownAtPosition=row["openedPosition"] - 1
        )
        report.check("and one position before, it was not there", [r["id"] for r in before if r["id"] == row["id"]])

    # --- Proof -------------------------------------------------------------------------------------

    def prove(self):
        report = self.report
        report.chapter("Replay, rebuild, verify")
        deadline = time.monotonic() + REPORTING_SECONDS_MAX
        behind = [1]
        while any(behind) and time.monotonic() < deadline:
            behind = [line["reportingLag"] for line in self.tools.tenants()]
        report.equal("reporting has caught up", behind, [0, 0])
        for tenant in (SYNTHEA, NHANES):
            folded = Counter(self.tools.cli("replay", "--tenant", tenant, "--state").splitlines())
            live = Counter(
                bytes.fromhex(row[0]).decode()
                for row in self.tools.psql(
                    f"""SELECT encode(s.document, 'hex') FROM infusion.patient_state s
                        JOIN event_log.tenants t USING (tenant_id)
                        LEFT JOIN infusion.generations g
                          ON g.tenant_id = s.tenant_id AND g.projection = 'patient_state'
                        WHERE t.name = '{tenant}' AND s.generation = coalesce(g.generation, 1);"""
                )
            )
            report.equal(
                f"{tenant}: ferrovia replay --state gives the live state of {sum(live.values())} patients",
                sum((folded - live).values()) + sum((live - folded).values()), 0,
            )
            lines = sum(1 for _ in self.tools.cli("replay", "--tenant", tenant).splitlines())
            feed = [event["position"] for event in self.apis[tenant].feed()]
            report.equal(
                f"{tenant}: replay and the feed have {len(feed)} events, dense",
                (lines, feed == list(range(1, len(feed) + 1))), (self.tools.head(tenant), True),
            )
            rebuilt = self.tools.cli_json("rebuild", "--check", "--json", "--tenant", tenant, may_fail=True)
            report.equal(f"{tenant}: rebuild --check is equal", [r["clean"] for r in rebuilt], [True])
            report.table(
                ["        projection", "rows", "digest"],
                [[f"        {p['name']}", p["rows"], p["rebuiltDigest"][:16]] for p in rebuilt[0]["projections"]],
            )
        verified = self.tools.cli_json("verify", "--json", may_fail=True)
        report.check(
            "ferrovia verify is clean",
            [line for line in verified if not line["clean"]] or ([] if len(verified) == 2 else ["not both tenants"]),
        )
        for line in verified:
            report.say(f"          {line['tenant']}: {line['events']} events in {line['streams']} streams")

    def run(self):
        started = time.monotonic()
        self.import_all()
        self.find_everybody()
        self.compare_statuses()
        courses = self.courses()
        deficient = self.ask_the_gates(courses)
        treated = self.give_care(deficient)
        rows = self.look_at_queue(courses)
        self.explain(rows, treated)
        self.prove()
        self.report.say(
            "", f"{time.monotonic() - started:.0f} s for everything above, building excluded;"
            f" {sum(api.requests for api in self.apis.values())} HTTP requests.",
        )


def main():
    parser = argparse.ArgumentParser()
    for name in ("--data", "--state", "--programs"):
        parser.add_argument(name, required=True)
    parser.add_argument("--docs", type=Path)
    options = parser.parse_args()
    run = Run(options)
    report = run.report
    try:
        run.run()
    except Exception:
        # The rest of the way was not gone: one failure, and the count all the same.
        traceback.print_exc()
        report.failed += 1
    else:
        if options.docs:
            report.write_docs(options.docs)
    print(f"real-input: {report.passed} passed, {report.failed} failed, 0 skipped")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
