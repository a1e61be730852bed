"""Where the rules can be mutated: read from the compiler's own syntax tree, not guessed from the text."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field

COMPARISONS = {
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
}
LOGIC = {"&&": ("||",), "||": ("&&",)}
ARITHMETIC = {"+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("/",)}
OPERATOR_CHARACTERS = b"/=-+!*%<>&|^~?."
# The compiler's names of the types whose literals are mutated, and what makes the value of a mutant.
NUMBERS = [
    (re.compile(r"^\$sSiD$"), "Int", "int"),
    (re.compile(r"^\$ss5Int64VD$"), "Int64", "int64"),
    (re.compile(r"^\$ss5UInt8VD$"), "UInt8", "uint8"),
    (re.compile(r"^\$sS[df]D$"), "Double", "double"),
    (re.compile(r"^\$s\w*7DecimalVD$"), "Decimal", "decimal"),
]
QUANTITY = re.compile(r"^\$s8Infusion8QuantityVy\w+GD$")
BOOL, STATIC_STRING = "$sSbD", "$ss12StaticStringVD"
NIL_COMPARISON = "$ss26_OptionalNilComparisonTypeVD"
INTEGER = re.compile(rb"\d[\d_]*")
STATIC = re.compile(rb"^(?:\s.*)?\bstatic\b|^\w")
DECIMAL_TEXT = re.compile(rb'"(\d+(?:\.\d+)?)"')


@dataclass
class Site:
    """One place in one file, and what can stand there instead of what does."""

    file: str
    offset: int
    original: str
    kind: str
    variants: tuple[str, ...]
    # What the type checker made of it: "int", "optional nil", "tuple", or "" where the operator says all.
    type: str = ""
    # Evaluated once in a process, for the first who asks: the value of a static or a global.
    once: bool = False
    number: int = 0  # That of its first mutant; the others follow.

    @property
    def end(self):
        return self.offset + len(self.original.encode())


@dataclass
class Found:
    sites: list[Site] = field(default_factory=list)
    # Of what is left alone, how many for which reason.
    left: Counter = field(default_factory=Counter)


def neighbours(text):
    """The numbers next to a number in its own last place; nothing below zero."""
    digits = text.replace("_", "")
    places = len(digits.partition(".")[2])
    value = int(digits.replace(".", ""))

    def spelled(number):
        padded = str(number).rjust(places + 1, "0")
        return padded if places == 0 else f"{padded[:-places]}.{padded[-places:]}"

    return tuple(spelled(number) for number in (value + 1, value - 1) if number >= 0)


def operator_of(node):
    """The name and the place of a call's operator, through the conversions around it."""
    node = node.get("fn")
    while isinstance(node, dict):
        if node.get("_kind") == "declref_expr":
            return node["decl"]["base_name"], node["range"]["start"], node["decl"].get("decl_usr", "")
        node = node.get("fn") or node.get("sub_expr")
    return None


def argument_types(node):
    return [argument["expr"].get("type", "") for argument in node["args"].get("args", [])]


def number_type(mangled):
    return next((name for pattern, _, name in NUMBERS if pattern.match(mangled)), None)


class Reader:
    """Collects the sites of one file from its syntax tree, in the compiler's JSON."""

    def __init__(self, file, source, tree):
        self.file, self.source, self.found = file, source, Found()
        self.taken, self.statics = {}, []
        self.walk(tree)
        for site in self.taken.values():
            site.once = any(start <= site.offset <= end for start, end in self.statics)
        self.found.sites = sorted(self.taken.values(), key=lambda site: site.offset)

    def walk(self, node):
        if isinstance(node, list):
            for each in node:
                self.walk(each)
        elif isinstance(node, dict):
            kind = node.get("_kind")
            if kind == "enum_element_decl":
                # A raw value must stay a literal; there is nothing else to mutate in a case.
                return
            look = getattr(self, f"see_{kind}", None)
            if look and not node.get("implicit"):
                look(node)
            for each in node.values():
                self.walk(each)

    def add(self, offset, original, kind, variants, type=""):
        if self.source[offset : offset + len(original)] != original:
            self.found.left["not in the source as the tree says"] += 1
            return
        if offset not in self.taken:
            self.taken[offset] = Site(
                self.file, offset, original.decode(), kind, tuple(variants), type)

    def leave(self, reason):
        self.found.left[reason] += 1

    def operator_stands(self, offset, name):
        around = self.source[offset - 1 : offset] + self.source[offset + len(name) : offset + len(name) + 1]
        return self.source[offset : offset + len(name)] == name.encode() and not any(
            character in OPERATOR_CHARACTERS for character in around)

    def see_pattern_binding_decl(self, node):
        start = self.source.rfind(b"\n", 0, node["range"]["start"]) + 1
        if STATIC.match(self.source[start : self.source.find(b"\n", start)]):
            self.statics.append((start, node["range"]["end"]))

    def see_binary_expr(self, node):
        operator = operator_of(node)
        if operator is None or not self.operator_stands(operator[1], operator[0]):
            return  # What the compiler derived, such as `==` of a struct, stands nowhere.
        name, offset, types = operator[0], operator[1], argument_types(node)
        left = types[0] if types else ""
        if name in COMPARISONS:
            kind = "equality" if name in ("==", "!=") else "comparison"
            type = ""
            if NIL_COMPARISON in types:
                type = "optional nil"
            elif left.endswith("tD"):
                type = "tuple"
            self.add(offset, name.encode(), kind, COMPARISONS[name], type)
        elif name in LOGIC:
            self.add(offset, name.encode(), "logic", LOGIC[name])
        elif name in ARITHMETIC and number_type(left):
            spelled = next(swift for pattern, swift, _ in NUMBERS if pattern.match(left))
            self.add(offset, name.encode(), "arithmetic", ARITHMETIC[name], spelled)
        elif name in "+-" and QUANTITY.match(left):
            self.add(offset, name.encode(), "arithmetic", ARITHMETIC[name], "Quantity")
        else:
            self.leave(f"operator {name}" + (" of no number" if name in ARITHMETIC else ""))

    def see_prefix_unary_expr(self, node):
        operator = operator_of(node)
        if operator is None:
            return
        if operator[0] == "!" and argument_types(node) == [BOOL]:
            if self.source[operator[1] : operator[1] + 1] == b"!":
                self.add(operator[1], b"!", "negation", ("",))
        else:
            self.leave(f"prefix {operator[0]}")

    def see_call_expr(self, node):
        operator = operator_of({"fn": node.get("fn")})
        if operator and operator[0] in ("min", "max") and operator[2].startswith(f"s:s3{operator[0]}"):
            other = "max" if operator[0] == "min" else "min"
            self.add(operator[1], operator[0].encode(), "least and most", (other,))

    def see_integer_literal_expr(self, node):
        type = number_type(node.get("type", ""))
        if type is None:
            return self.leave("an integer literal of another type")
        offset = node["range"]["start"]
        if self.source[offset : offset + 1] == b"-":
            offset += 1
        literal = INTEGER.match(self.source, offset)
        if literal is None or self.source[literal.end() : literal.end() + 1] in (b"x", b"b", b"o"):
            return self.leave("a literal not written as a whole number")
        if self.source[:offset].endswith(b"Decimal("):
            type = "int"  # `Decimal(5)` is a literal to the compiler, `Decimal(Mutant.…)` a conversion.
        self.add(offset, literal.group(), "constant", neighbours(literal.group().decode()), type)

    def see_float_literal_expr(self, node):
        self.leave("a floating-point literal")

    def see_boolean_literal_expr(self, node):
        offset = node["range"]["start"]
        for original, other in ((b"true", "false"), (b"false", "true")):
            if node.get("type") == BOOL and self.source.startswith(original, offset):
                self.add(offset, original, "truth", (other,), "bool")

    def see_string_literal_expr(self, node):
        """Exact decimals are written as texts: `d("0.5")`."""
        if node.get("type") != STATIC_STRING:
            return
        literal = DECIMAL_TEXT.match(self.source, node["range"]["start"])
        if literal:
            variants = [f'"{number}"' for number in neighbours(literal.group(1).decode())]
            self.add(literal.start(), literal.group(), "constant", variants, "staticString")


def read(file, source, tree):
    return Reader(file, source, tree).found


def trees(text):
    """The compiler's output for one file holds one tree."""
    return json.loads(text)


def number_them(sites, first=1):
    """Gives every mutant its number, in the order of files and places; returns the next one."""
    for site in sites:
        site.number = first
        first += len(site.variants)
    return first
