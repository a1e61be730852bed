"""Logs of a given length: a clinic's real events, copied for patients, orders and visits with other ids."""

import uuid

EVENT_COLUMNS = (
    "command_id, correlation_id, recorded_at, effective_at, causation, log_epoch, payload_version,"
    " stream_category, event_type, actor, rule_set"
)
UUID_PATTERN = "([0-9a-f]{8})-[0-9a-f]{4}-([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"


def other_ids(text):
    """The same text for copy number `copy`, which takes the second group of each id."""
    return f"regexp_replace({text}, '{UUID_PATTERN}', '\\1-' || lpad(to_hex(copy), 4, '0') || '-\\2', 'g')"


def tenant_id(database, name):
    return database.value(f"SELECT tenant_id FROM event_log.tenants WHERE name = '{name}'")


def other_chairs(text):
    """Two copies of a visit do not fit on one chair."""
    return f"""regexp_replace({text}, '"chair":"', '"chair":"' || copy || '-', 'g')"""


def grown_tenant(database, source, events):
    """A new tenant with at least so many events, copied from the tenant `source`, which is not empty."""
    name = f"bench-{uuid.uuid4().hex[:8]}"
    has = int(database.value(f"SELECT max(position) FROM event_log.events WHERE tenant_id = '{source}'"))
    copies = -(-events // has)
    database.run(f"""
        INSERT INTO event_log.tenants (tenant_id, name) VALUES (gen_random_uuid(), '{name}');
        INSERT INTO event_log.events (tenant_id, position, stream_id, version, {EVENT_COLUMNS},
          payload)
        SELECT (SELECT tenant_id FROM event_log.tenants WHERE name = '{name}'),
          position + (copy - 1) * {has}::bigint, {other_ids("stream_id::text")}::uuid, version, {EVENT_COLUMNS},
          convert_to({other_chairs(other_ids("convert_from(payload, 'UTF8')"))}, 'UTF8')
        FROM generate_series(1, {copies}) AS copy, event_log.events
        WHERE tenant_id = '{source}'
        ORDER BY copy, position;""")
    return name, copies * has
