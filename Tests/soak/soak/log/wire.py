"""As much of PostgreSQL's protocol, version 3, as it takes to see an append and its answer go by."""

import struct
import uuid

# What the statement of an append is known by, and which of its parameters are the commands' ids.
APPEND = b"event_log.append("
COMMAND_IDS = 1


class Messages:
    """Cuts a stream of bytes into (type, whole message). A frontend's first message has no type."""

    def __init__(self, is_frontend):
        self.begins = is_frontend
        self.rest = b""

    def feed(self, data):
        self.rest += data
        at = 0
        while True:
            head = 0 if self.begins else 1
            if len(self.rest) < at + head + 4:
                break
            end = at + head + struct.unpack_from("!I", self.rest, at + head)[0]
            if len(self.rest) < end:
                break
            yield self.rest[at : at + head], self.rest[at:end]
            self.begins = False
            at = end
        self.rest = self.rest[at:]


def text(message, at):
    """The text that ends with a zero byte, and where the next thing begins."""
    end = message.index(0, at)
    return message[at:end], end + 1


def parsed_statement(message):
    """(name, SQL) of a Parse message."""
    name, at = text(message, 5)
    return name, text(message, at)[0]


def bound_statement(message):
    """(name, where the rest begins) of a Bind message."""
    _, at = text(message, 5)
    return text(message, at)


def bound_commands(message, at):
    """The ids of the commands that a Bind of the append carries, as text."""
    formats = struct.unpack_from("!H", message, at)[0]
    at += 2 + 2 * formats + 2
    for _ in range(COMMAND_IDS):
        at += 4 + max(0, struct.unpack_from("!i", message, at)[0])
    dimensions, _, _ = struct.unpack_from("!iiI", message, at + 4)
    if dimensions == 0:
        return []
    (count,) = struct.unpack_from("!i", message, at + 16)
    at += 24
    return [
        str(uuid.UUID(bytes=message[start + 4 : start + 20])) for start in range(at, at + 20 * count, 20)
    ]


def error_state(message):
    """The SQLSTATE of an ErrorResponse."""
    at = 5
    while message[at]:
        field = message[at]
        value, at = text(message, at + 1)
        if field == ord("C"):
            return value.decode()
    return "?????"
