"""The part of an answer that matters, and how it is written: what is left out shows as `…`."""

import json
import re
import textwrap

# In characters: of a line, and of one that is an object of plain values.
WIDTH, INNERMOST_WIDTH = 110, 200
UUID = re.compile(r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


class Some(dict):
    """An object of which members are left out."""


class SomeOf(list):
    """A list of which elements are left out."""


class Where:
    """Those elements of a list that pass a test, each cut to a shape."""

    def __init__(self, test, shape):
        self.test, self.shape = test, shape


class Telling:
    """Few elements all; of many those that pass a test, or else the first."""

    FEW = 3

    def __init__(self, test, shape):
        self.test, self.shape = test, shape

    def of(self, elements):
        if len(elements) <= self.FEW:
            return elements
        return [element for element in elements if self.test(element)] or elements[:1]


def cut(value, shape):
    """`value` in a shape: `...` is all of it, a dict names members, a list has the shape of its elements."""
    if shape is ... or value is None:
        return value
    if isinstance(shape, dict):
        kept = {name: cut(value[name], inner) for name, inner in shape.items()}
        return kept if kept.keys() == value.keys() else Some(kept)
    if isinstance(shape, list):
        return [cut(element, shape[0]) for element in value]
    if isinstance(shape, Telling):
        wanted = shape.of(value)
    else:
        wanted = [element for element in value if shape.test(element)]
    kept = [cut(element, shape.shape) for element in wanted]
    return kept if len(kept) == len(value) else SomeOf(kept)


def written(value, indent=0):
    """JSON with an ellipsis where something is left out, broken only where it does not fit a line."""
    flat = in_one_line(value)
    width = INNERMOST_WIDTH if is_innermost(value) else WIDTH
    if len(flat) + indent <= width or not isinstance(value, (dict, list)):
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list) and not any(isinstance(each, (dict, list)) for each in value):
        words = textwrap.fill(flat[1:-1], WIDTH, initial_indent=pad, subsequent_indent=pad)
        return f"[\n{words}\n{' ' * indent}]"
    if isinstance(value, dict):
        begin, end = "{}"
        parts = [f"{json.dumps(name)}: {written(inner, indent + 2)}" for name, inner in value.items()]
    else:
        begin, end = "[]"
        parts = [written(element, indent + 2) for element in value]
    body = ",\n".join(pad + part for part in parts + ["…"] * is_cut(value))
    return f"{begin}\n{body}\n{' ' * indent}{end}"


def in_one_line(value):
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {in_one_line(inner)}" for name, inner in value.items()]
        return "{" + ", ".join(parts + ["…"] * is_cut(value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([*map(in_one_line, value)] + ["…"] * is_cut(value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def is_innermost(value):
    """No object inside, and no list but of plain values."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    lists = [each for each in inner if isinstance(each, list)]
    plain = not any(isinstance(each, (dict, list)) for items in lists for each in items)
    return plain and not any(isinstance(each, dict) for each in inner)


def is_cut(value):
    return isinstance(value, (Some, SomeOf))


def short_ids(text):
    """The first eight digits of each id: enough to follow it down the page."""
    return UUID.sub(r"\1-…", text)
