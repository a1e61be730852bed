"""Logs and queues of a given length: a clinic's real rows, copied for patients, orders and visits with other ids."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor

EVENT_COLUMNS = (
    "command_id, correlation_id, recorded_at, effective_at, causation, log_epoch, payload_version,"
    " stream_category, event_type, actor, rule_set"
)
RECHECK_COLUMNS = (
    "anchor_version, opened_position, closed_position, generation, rule_version, earliest, due, overdue_after,"
    " urgency, rule, site, reason, closed_reason, tests, evidence"
)
UUID_PATTERN = "([0-9a-f]{8})-[0-9a-f]{4}-([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
# In an event's payload, a version that it refers to (an anchor, or what a recheck or a gate rests on), or a year.
LATER_PATTERN = '(?<="anchor":|[[,])[0-9]+(?=[],}])|[0-9]{4}(?=-[0-9]{2}-[0-9]{2})'
YEARS = 4

# The text of an event of `source` when its patient's history comes the `around`th time.
LATER_TEXT = """CASE WHEN around = 0 THEN text ELSE (
                  SELECT string_agg(piece || coalesce((number + around * step)::text, ''), '' ORDER BY n)
                  FROM unnest(pieces, numbers, steps) WITH ORDINALITY AS part (piece, number, step, n)) END"""

LATER_COLUMNS = EVENT_COLUMNS.replace("effective_at", f"effective_at + around * interval '{YEARS} years'")


def other_ids(text, copy="copy"):
    """The same text for copy number `copy`, which takes the second group of each id."""
    return f"regexp_replace({text}, '{UUID_PATTERN}', '\\1-' || lpad(to_hex({copy}), 4, '0') || '-\\2', 'g')"


def tenant_id(database, name):
    return database.value(f"SELECT tenant_id FROM event_log.tenants WHERE name = '{name}'")


def other_chairs(text, copy="copy"):
    """Two copies of a visit do not fit on one chair."""
    return f"""regexp_replace({text}, '"chair":"', '"chair":"' || {copy} || '-', 'g')"""


def new_tenant(database):
    name = f"bench-{uuid.uuid4().hex[:8]}"
    database.run(f"INSERT INTO event_log.tenants (tenant_id, name) VALUES (gen_random_uuid(), '{name}')")
    return name, tenant_id(database, name)


def copies_for(database, source, events):
    """How often a log must be copied to have so many events, and how many it has itself."""
    has = int(database.value(f"SELECT max(position) FROM event_log.events WHERE tenant_id = '{source}'"))
    return -(-events // has), has


def grown_tenant(database, source, events):
    """A new tenant with at least so many events, copied from the tenant `source`, which is not empty."""
    name, tenant = new_tenant(database)
    copies, has = copies_for(database, source, events)
    # One copy after another: sorting them all would take longer than writing them.
    database.run(f"""
        DO $copies$ BEGIN
          FOR copy IN 1..{copies} LOOP
            INSERT INTO event_log.events (tenant_id, position, stream_id, version, {EVENT_COLUMNS},
              payload)
            SELECT '{tenant}', position + (copy - 1) * {has}::bigint,
              {other_ids("stream_id::text")}::uuid, version, {EVENT_COLUMNS},
              convert_to({other_chairs(other_ids("convert_from(payload, 'UTF8')"))}, 'UTF8')
            FROM event_log.events
            WHERE tenant_id = '{source}'
            ORDER BY position;
          END LOOP;
        END $copies$;""")
    return name, copies * has


def lengthened_tenant(database, source, events, times):
    """A new tenant with the patients of `grown_tenant`, whose histories come `times` times one after another.

    A patient registers once. Each later time is some years after the one before; what its events refer to by
    version lies as far behind them as before, and its orders, visits and results have ids of their own.
    """
    name, tenant = new_tenant(database)
    copies, has = copies_for(database, source, events)
    database.run(f"""
        CREATE TEMPORARY TABLE source AS
        SELECT e.*, row_number() OVER (ORDER BY version = 1, position) AS place_in_later,
          ARRAY(SELECT match[1]::bigint FROM regexp_matches(text, '({LATER_PATTERN})', 'g') AS match)
            AS numbers,
          ARRAY(SELECT CASE WHEN piece LIKE '-__-__%' THEN {YEARS} ELSE length END
            FROM unnest(pieces[2:]) WITH ORDINALITY AS part (piece, n) ORDER BY n) AS steps
        FROM (
          SELECT *, count(*) OVER (PARTITION BY stream_id) - 1 AS length,
            regexp_split_to_array(text, '{LATER_PATTERN}') AS pieces
          FROM (
            SELECT position, stream_id, version, {EVENT_COLUMNS}, convert_from(payload, 'UTF8') AS text
            FROM event_log.events WHERE tenant_id = '{source}') o) e
        ORDER BY position;
        ANALYZE source;
        DO $times$
        DECLARE
          written bigint := 0;
          rows    bigint;
        BEGIN
          FOR around IN 0..{times - 1} LOOP
            FOR copy IN 1..{copies} LOOP
              INSERT INTO event_log.events (tenant_id, position, stream_id, version, {EVENT_COLUMNS},
                payload)
              SELECT '{tenant}', written + CASE around WHEN 0 THEN position ELSE place_in_later END,
                {other_ids("stream_id::text")}::uuid, version + around * length, {LATER_COLUMNS},
                convert_to({other_chairs(other_ids(LATER_TEXT, "copy + around * " + str(copies)),
                                         "copy + around * " + str(copies))}, 'UTF8')
              FROM source
              WHERE around = 0 OR version > 1;
              GET DIAGNOSTICS rows = ROW_COUNT;
              written := written + rows;
            END LOOP;
          END LOOP;
        END $times$;""")
    return name, int(database.value(f"SELECT max(position) FROM event_log.events WHERE tenant_id = '{tenant}'"))


def widen_queue(database, tenant, patients):
    """Copies a clinic's rechecks until they are those of at least so many patients.

    The copies rest on the positions of the original's events: their own events are not there.
    """
    has = int(database.value(
        f"SELECT count(DISTINCT patient_id) FROM infusion.recheck_queue WHERE tenant_id = '{tenant}'"))
    copies = -(-patients // has)
    database.run(f"""
        INSERT INTO infusion.recheck_queue (tenant_id, patient_id, {RECHECK_COLUMNS})
        SELECT tenant_id, {other_ids("patient_id::text")}::uuid, {RECHECK_COLUMNS}
        FROM generate_series(1, {copies - 1}) AS copy, infusion.recheck_queue
        WHERE tenant_id = '{tenant}'
        -- A few copies have an id that a patient of the clinic has.
        ON CONFLICT DO NOTHING;""")
    return int(database.value(
        f"SELECT count(DISTINCT patient_id) FROM infusion.recheck_queue WHERE tenant_id = '{tenant}'"))


# A site that is asked for openings: so many chairs, open eleven hours a day, booked to so much of them. The visits of
# a chair begin on the hour, or one to three quarters after it.
BOOKED_CHAIRS = 40
BOOKED_DAYS = 90
BOOKED_SHARE = 0.85
OPEN_HOURS = (8, 19)
VISIT_MINUTES = 60


def book_chairs(database, programs, tenant, name, site, on, directory):
    """Plans a site's next 90 days, staff for every chair, and books its chairs; returns which share of their time.

    The visits are rows of patients whose events are not there.
    """
    hours = "-".join(f"{hour:02}:00" for hour in OPEN_HOURS)
    weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    dates = database.run(
        f"SELECT date '{on}' + day FROM generate_series(-1, {BOOKED_DAYS + 1}) AS day").split()
    plan = {"format": 1, "sites": [{
        "site": site["id"], "timeZone": site["timeZone"],
        "chairs": [{"chair": f"booked-{chair}", "kind": "recliner"} for chair in range(1, BOOKED_CHAIRS + 1)],
        "hours": [{"from": dates[0], **{day: [hours] for day in weekdays}}],
        "shifts": [{"shift": "day", "on": dates, "time": hours, "roles": ["registeredNurse", "resuscitation"],
                    "people": BOOKED_CHAIRS // 3}],
    }]}
    # Every text of JSON is one of YAML.
    path = directory / "site.yaml"
    path.write_text(json.dumps(plan))
    programs.cli("site", "apply", str(path), f"--tenant={name}", "--actor=bench")
    open_minutes = (OPEN_HOURS[1] - OPEN_HOURS[0]) * 60
    # With a quarter of an hour to closing.
    per_day = (open_minutes - 60) // VISIT_MINUTES
    of_visits = BOOKED_SHARE * open_minutes / (per_day * VISIT_MINUTES)
    database.run(f"""
        INSERT INTO infusion.appointments (tenant_id, patient_id, appointment_id, order_id, opened_position,
          starts_at, ends_at, generation, site, chair, status)
        SELECT '{tenant}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), head.position,
          start, start + interval '{VISIT_MINUTES} minutes', live.generation, '{site["id"]}', 'booked-' || chair, 'booked'
        FROM (SELECT max(position) AS position FROM event_log.events WHERE tenant_id = '{tenant}') head,
          (SELECT coalesce(max(generation), 1) AS generation FROM infusion.generations
            WHERE tenant_id = '{tenant}' AND projection = 'appointments') live,
          generate_series(0, {BOOKED_DAYS}) AS day, generate_series(1, {BOOKED_CHAIRS}) AS chair,
          generate_series(0, {per_day - 1}) AS visit,
          LATERAL (SELECT (date '{on}' + day + time '{OPEN_HOURS[0]:02}:00'
            + visit * interval '{VISIT_MINUTES} minutes' + chair % 4 * interval '15 minutes') AT TIME ZONE '{site["timeZone"]}' AS start) slot
        -- Spread over chairs and hours, and the same in every run.
        WHERE hashint4extended(day * 1000 + chair * 20 + visit, 7) & 1023 < {round(of_visits * 1024)};""")
    booked = int(database.value(
        f"SELECT count(*) FROM infusion.appointments WHERE tenant_id = '{tenant}' AND chair LIKE 'booked-%'"))
    return booked * VISIT_MINUTES / ((BOOKED_DAYS + 1) * BOOKED_CHAIRS * open_minutes)


def filled_log(database, name, events):
    """A new tenant with so many events and commands as `ferrovia-bench append` writes them, and as many plain rows."""
    database.run(f"INSERT INTO event_log.tenants (tenant_id, name) VALUES (gen_random_uuid(), '{name}')")
    tenant = tenant_id(database, name)
    numbers = f"generate_series(0, {events - 1}) n"
    fillings = (
        f"""
        INSERT INTO event_log.events (tenant_id, position, stream_id, version, {EVENT_COLUMNS}, payload)
        SELECT '{tenant}', n + 1, md5('stream' || n / 20)::uuid, n % 20 + 1, md5('command' || n)::uuid,
          md5('command' || n)::uuid, timestamptz '2026-01-01' + n * interval '1 ms', '2026-01-01', NULL, 1, 1,
          'bench', 'dose-administered', 'nurse-17', '2026-01',
          convert_to('{{"note":"' || repeat('x', 603) || '"}}', 'UTF8')
        FROM {numbers}""",
        f"""
        INSERT INTO event_log.commands (
          tenant_id, command_id, stream_id, recorded_at, version, head, first_position, last_position,
          stream_category, fingerprint, answer)
        SELECT '{tenant}', md5('command' || n)::uuid, md5('stream' || n / 20)::uuid,
          timestamptz '2026-01-01' + n * interval '1 ms', n % 20 + 1, n + 1, n + 1, n + 1, 'bench',
          convert_to(repeat('x', 32), 'UTF8'), convert_to(repeat('x', 48), 'UTF8')
        FROM {numbers}""",
        f"""
        INSERT INTO plain.events (stream, version, position, event_type, payload)
        SELECT n / 20, n % 20 + 1, n + 1, 'dose-administered', convert_to(repeat('x', 614), 'UTF8')
        FROM {numbers};
        SELECT setval('plain.events_position_seq', {events})""",
    )
    with ThreadPoolExecutor() as sessions:
        list(sessions.map(database.run, fillings))
    database.settle()
    return tenant
