"""Puts every mutant into one program: each site asks at run time which of its texts holds (mutant schemata)."""

from .sites import LOGIC

# A site's operator spells its number in these, so that no two are alike and each keeps its precedence.
DIGITS = "∀∁∂∃∄∅∆∇"
PRECEDENCE = {
    "comparison": "ComparisonPrecedence",
    "equality": "ComparisonPrecedence",
    "&&": "LogicalConjunctionPrecedence",
    "||": "LogicalDisjunctionPrecedence",
    "+": "AdditionPrecedence",
    "-": "AdditionPrecedence",
    "*": "MultiplicationPrecedence",
    "/": "MultiplicationPrecedence",
    "%": "MultiplicationPrecedence",
}


def operator_name(number):
    return "≀" + "".join(DIGITS[int(digit)] for digit in oct(number)[2:])


def replacement(site):
    if site.kind in ("constant", "truth"):
        return f"Mutant.{site.type}({site.number}, {', '.join((site.original, *site.variants))})"
    if site.kind == "least and most":
        return f"Mutant.{'Least' if site.original == 'min' else 'Most'}({site.number})"
    return operator_name(site.number)


def choice(site, text):
    """A switch over the site's mutants; `text` makes an expression of an operator."""
    cases = "; ".join(
        f"case {number}: {text(variant)}" for number, variant in enumerate(site.variants, start=1))
    return f"switch Mutant.chosen({site.number}) {{ {cases}; default: {text(site.original)} }}"


def declaration(site):
    """The operator of a site, in one line, so that an error in it names the site."""
    if site.kind in ("constant", "truth", "least and most"):
        return None
    name = operator_name(site.number)

    def function(generics, left, right, result):
        return (
            f"func {name}{generics}(_ l: {left}, _ r: {right}) -> {result} "
            f"{{ {choice(site, lambda operator: f'l {operator} r')} }}")

    def infix(*functions):
        precedence = PRECEDENCE.get(site.kind) or PRECEDENCE[site.original]
        return "; ".join((f"infix operator {name}: {precedence}", *functions))

    if site.kind == "negation":
        return (
            f"prefix operator {name}; prefix func {name}(_ x: Bool) -> Bool "
            f"{{ {choice(site, lambda operator: operator + 'x')} }}")
    if site.original in LOGIC:
        return (
            f"infix operator {name}: {PRECEDENCE[site.original]}; "
            f"func {name}(_ l: Bool, _ r: @autoclosure () throws -> Bool) rethrows -> Bool "
            f"{{ {choice(site, lambda operator: f'try l {operator} r()')} }}")
    protocol = "Equatable" if site.kind == "equality" else "Comparable"
    match site.type:
        case "optional nil":
            return infix(function("<T>", "T?", "_OptionalNilComparisonType", "Bool"))
        case "tuple":
            return infix(
                function(f"<A: {protocol}, B: {protocol}>", *["(A, B)"] * 2, "Bool"),
                function(f"<A: {protocol}, B: {protocol}, C: {protocol}>", *["(A, B, C)"] * 2, "Bool"))
        case "Quantity":
            return infix(function("<U: UnitOfMeasure>", *["Quantity<U>"] * 3))
        case "":
            return infix(function(f"<T: {protocol}>", "T", "T", "Bool"))
        case type:
            return infix(function("", type, type, type))


def declarations(sites):
    """The file of operators, and the site of each of its lines (None for the others)."""
    lines, owners = ["import Foundation"], [None]
    for site in sites:
        line = declaration(site)
        if line:
            lines.append(line)
            owners.append(site)
    return "\n".join(lines) + "\n", owners


def rewrite(source, sites):
    """The source of one file with its sites replaced; the lines stay where they are."""
    out, last = [], 0
    for site in sorted(sites, key=lambda site: site.offset):
        out += [source[last : site.offset], replacement(site).encode()]
        last = site.end
    return b"".join(out) + source[last:]


def line_of(source, offset):
    return source.count(b"\n", 0, offset) + 1


def mutated_line(source, site, variant):
    """The line of a site as it is and as the mutant has it, without the blanks around."""
    start = source.rfind(b"\n", 0, site.offset) + 1
    end = source.find(b"\n", site.offset)
    end = len(source) if end < 0 else end
    mutated = source[start : site.offset] + variant.encode() + source[site.end : end]
    return source[start:end].decode().strip(), mutated.decode().strip()
