"""Stands between the program and PostgreSQL: sees what became of each append, and cuts connections between
the commit and its answer, or lets them fall silent there."""

import asyncio
import os
from collections import Counter, deque

from .wire import (
    APPEND,
    Messages,
    bound_commands,
    bound_statement,
    error_state,
    parsed_statement,
)

READ_BYTES = 256 * 1024


class Session:
    """One connection of the program, and the one to PostgreSQL that belongs to it."""

    def __init__(self):
        self.appends = set()  # names of prepared statements
        self.commands = []  # of the append that is being sent
        self.pending = deque()  # for each answer that is to come, the commands of its append
        self.is_started = False
        self.held = []  # the answer so far
        self.state = None  # SQLSTATE of the answer so far

    def note_request(self, kind, message):
        if kind == b"P":
            name, sql = parsed_statement(message)
            self.appends.discard(name)
            if APPEND in sql:
                self.appends.add(name)
        elif kind == b"B":
            name, rest = bound_statement(message)
            if name in self.appends:
                self.commands = bound_commands(message, rest)
        elif kind in (b"S", b"Q"):
            self.pending.append(self.commands)
            self.commands = []

    def note_answer(self, kind, message):
        """True if the answer ends here."""
        self.held.append(message)
        if kind == b"E":
            self.state = error_state(message)
        return kind == b"Z"

    def take_answer(self):
        """(commands, SQLSTATE or None, bytes) of the answer that has ended."""
        commands = self.pending.popleft() if self.is_started else []
        self.is_started = True
        answer = commands, self.state, b"".join(self.held)
        self.held, self.state = [], None
        return answer


class Proxy:
    def __init__(self, directory, server):
        self.directory = directory
        self.server = server
        self.listener = None
        self.sessions = set()
        # Nobody else holds what serves a connection once that is lost.
        self.tasks = set()
        # Appends until the next cut; None: no cut.
        self.appends_to_cut = None
        # A cut leaves the connection open, without a word.
        self.is_silent = False
        self.chance = None
        self.cuts = []  # the commands of each append whose answer was cut off
        self.doubtful = []  # the commands of each append that got no answer for another reason
        self.answered = set()  # commands of which an answer has been passed on
        self.states = Counter()  # SQLSTATEs that appends were answered with

    async def open(self):
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.listener = await asyncio.start_unix_server(
            self.serve, str(self.directory / os.path.basename(self.server)), limit=READ_BYTES
        )

    async def close(self):
        if self.listener:
            self.listener.close()

    def serve(self, reader, writer):
        task = asyncio.create_task(self.pass_on(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def pass_on(self, reader, writer):
        try:
            from_server, to_server = await asyncio.open_unix_connection(self.server, limit=READ_BYTES)
        except OSError:
            writer.close()
            return
        session = Session()
        self.sessions.add(session)
        asking = asyncio.create_task(self.pass_requests(session, reader, to_server))
        try:
            await self.pass_answers(session, from_server, writer)
        except OSError:
            pass
        finally:
            asking.cancel()
            self.sessions.discard(session)
            lost = [commands for commands in session.pending if commands]
            self.doubtful += [[c for c in commands if c not in self.answered] for commands in lost]
            to_server.close()
            writer.close()

    async def pass_requests(self, session, reader, to_server):
        messages = Messages(is_frontend=True)
        try:
            while data := await reader.read(READ_BYTES):
                for kind, message in messages.feed(data):
                    session.note_request(kind, message)
                    if to_server.is_closing():
                        return
                    to_server.write(message)
                await to_server.drain()
        except OSError:
            pass
        to_server.close()

    async def pass_answers(self, session, from_server, writer):
        """Each answer is passed on when it is whole, which is after PostgreSQL has committed."""
        messages = Messages(is_frontend=False)
        while data := await from_server.read(READ_BYTES):
            for kind, message in messages.feed(data):
                if not session.is_started and kind != b"Z":
                    writer.write(message)
                    continue
                if not session.note_answer(kind, message):
                    continue
                commands, state, answer = session.take_answer()
                if commands and state:
                    self.states[state] += 1
                if commands and not state and self.is_cut_now():
                    self.cuts.append([c for c in commands if c not in self.answered])
                    if self.is_silent:
                        while await from_server.read(READ_BYTES):
                            pass
                        return
                    # Nothing of it, or some of it; never the end, which says that it is committed.
                    writer.write(answer[: self.chance.choice((0, self.chance.randrange(len(answer) - 5)))])
                    return
                self.answered.update(commands if not state else ())
                writer.write(answer)
            await writer.drain()
        writer.write(b"".join(session.held))

    @property
    def is_append_under_way(self):
        return any(any(session.pending) for session in self.sessions)

    def is_cut_now(self):
        if self.appends_to_cut is None:
            return False
        self.appends_to_cut -= 1
        return self.appends_to_cut <= 0
