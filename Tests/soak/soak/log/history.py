"""What was sent, what was told, and what is stored: where the three do not agree. Pure, so that histories that
are wrong on purpose can be given to it too."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

ENDED = "every command that was sent was acknowledged in the end"
ONE_ANSWER = "all answers to one command are one answer"
PRESENT = "psql: no acknowledged command is missing"
IN_PLACE = "psql: each is at the position, in the stream and of the version that was told"
ONCE = "psql: no command is there twice"
KNOWN = "psql: no command is there that was not sent"
DENSE_POSITIONS = "psql: positions are dense: max(position) = count(*)"
DENSE_VERSIONS = "psql: versions are dense in every stream"


@dataclass
class History:
    sent: dict  # command → (stream, version)
    told: list  # (command, stream, version, position, how)
    stored: list  # (command, stream, version, position)

    def findings(self):
        """(name, problems) of each check."""
        places = defaultdict(set)
        firsts = Counter()
        for command, stream, version, position, how in self.told:
            places[command].add((stream, version, position))
            firsts[command] += how == "appended"
        stored = defaultdict(list)
        versions = defaultdict(list)
        for command, stream, version, position in self.stored:
            stored[command].append((stream, version, position))
            versions[stream].append(version)
        positions = sorted(position for *_, position in self.stored)
        yield ENDED, self.sent.keys() - places.keys()
        yield ONE_ANSWER, [
            f"{c}: {sorted(found)}, appended {firsts[c]} times"
            for c, found in places.items()
            if len(found) > 1 or firsts[c] > 1
        ]
        yield PRESENT, places.keys() - stored.keys()
        yield IN_PLACE, [
            f"{c}: told {sorted(found)}, stored {stored[c]}"
            for c, found in places.items()
            if c in stored and not (found <= set(stored[c]) and self.is_as_sent(c, found))
        ]
        yield ONCE, [f"{c}: {found}" for c, found in stored.items() if len(found) > 1]
        yield KNOWN, stored.keys() - self.sent.keys()
        yield DENSE_POSITIONS, [
            f"{found} where {place} belongs" for place, found in enumerate(positions, 1) if found != place
        ]
        yield DENSE_VERSIONS, [
            f"{stream}: {sorted(found)}"
            for stream, found in versions.items()
            if sorted(found) != list(range(1, len(found) + 1))
        ]

    def is_as_sent(self, command, found):
        return all(self.sent.get(command) == (stream, version) for stream, version, _ in found)

    def flawed(self):
        """(what is wrong, the check that has to find it, a history that is wrong so)."""
        command, stream, version, position = self.stored[len(self.stored) // 2]
        told, last = self.told, len(self.stored)
        answer = (command, stream, version, position, "duplicate")
        others = [row for row in self.stored if row[0] != command]
        yield "an acknowledged event is lost", PRESENT, replace(self, stored=others)
        yield "and leaves a hole", DENSE_POSITIONS, replace(self, stored=others)
        yield "and a version is missing", DENSE_VERSIONS, replace(
            self, stored=[*others, (command, stream, version + 20, position)]
        )
        yield "an event is there twice", ONCE, replace(
            self, stored=[*self.stored, (command, stream, version, last + 1)]
        )
        yield "an event is there that nobody sent", KNOWN, replace(
            self, stored=[*self.stored, ("nobody's", "nobody's", 1, last + 1)]
        )
        yield "a command was told another position", IN_PLACE, replace(
            self, told=[row for row in told if row[0] != command] + [(*answer[:3], position + 1, "appended")]
        )
        yield "a command was told two positions", ONE_ANSWER, replace(
            self, told=[*told, answer, (*answer[:3], position + 1, "duplicate")]
        )
        yield "a command was appended twice", ONE_ANSWER, replace(
            self, told=[*told, (*answer[:4], "appended"), (*answer[:4], "appended")]
        )
        yield "an acknowledged command was never stored", PRESENT, replace(
            self, told=[*told, ("made-up", stream, 1, last, "appended")]
        )
        yield "a command has no end", ENDED, replace(self, sent={**self.sent, "made-up": (stream, 1)})

    def undetected(self):
        """The flaws that were not found: none, if the checks are worth anything."""
        for what, name, history in self.flawed():
            if not any(list(problems) for found, problems in history.findings() if found == name):
                yield what
