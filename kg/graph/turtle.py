"""Turtle that a person can read: grouped by subject, prefixed, in an order that makes sense.

pyoxigraph's writer neither groups nor orders what comes from a memory store. This one takes facts as N-Triples strings,
keeps the order of their subjects, and puts the predicates of each in the order in which a reader asks: what is it, what
is it called, what does it say, who says so.
"""

import re
from collections.abc import Iterable, Iterator

from kg.graph.terms import TYPE, XSD, Fact, name

_LEADING = (
    "rdf:type",
    "rdfs:label",
    "skos:altLabel",
    "dcterms:title",
    "dcterms:issued",
    "kg:exact",
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "kg:predicateText",
    "kg:predicateLemma",
    "kg:value",
    "kg:unit",
    "kg:attributedTo",
    "kg:negated",
    "kg:modality",
    "kg:confidence",
    "kg:describes",
    "kg:eventType",
    "kg:hasActor",
    "kg:affects",
    "kg:hasPlace",
    "kg:fromPlace",
    "kg:toPlace",
    "kg:beginDate",
    "kg:endDate",
    "kg:dateText",
    "kg:datePrecision",
)
_TRAILING = (
    "kg:subjectMention",
    "kg:predicateMention",
    "kg:objectMention",
    "kg:evidence",
    "kg:start",
    "kg:end",
    "kg:ruleName",
    "kg:inDocument",
    "prov:wasGeneratedBy",
)
MENTION = name("kg:Mention")
KEPT = 100_000  # terms whose short form is remembered: a long build must not fill the memory with them
_ORDER = {name(curie): number for number, curie in enumerate(_LEADING)}
_ORDER.update({name(curie): 2000 + number for number, curie in enumerate(_TRAILING)})
_SHORT = {f"^^<{XSD}boolean>": "true|false", f"^^<{XSD}integer>": r"[+-]?\d+", f"^^<{XSD}decimal>": r"[+-]?\d*\.\d+"}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


class Shortener:
    """Writes terms with prefixes, and remembers which prefixes it used."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        """Take prefix → namespace."""
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def __call__(self, term: str) -> str:
        """Return the term as Turtle has it.

        >>> short = Shortener({"xsd": XSD, "ex": "https://example.org/"})
        >>> short("<https://example.org/a>"), short('"4"^^<http://www.w3.org/2001/XMLSchema#integer>')
        ('ex:a', '4')
        >>> short('"2021-06-26"^^<http://www.w3.org/2001/XMLSchema#date>'), short("<https://example.org/a/b>")
        ('"2021-06-26"^^xsd:date', '<https://example.org/a/b>')
        """
        if term[0] == '"' and term[-1] != ">":
            return term
        if term.startswith("<<("):
            return f"<<( {' '.join(self(part) for part in term[4:-4].split(' ', 2))} )>>"
        known = self._known.get(term)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[term] = self._literal(term) if term[0] == '"' else self._node(term)
        return known

    def _node(self, term: str) -> str:
        cut = max(term.rfind("/"), term.rfind("#")) + 1
        prefix = self._prefixes.get(term[1:cut])
        local = term[cut:-1]
        if prefix is None or not _LOCAL.fullmatch(local):
            return term
        self.used.add(prefix)
        return f"{prefix}:{local}"

    def _literal(self, term: str) -> str:
        cut = term.rindex('"') + 1
        quoted, datatype = term[:cut], term[cut:]
        form = _SHORT.get(datatype)
        if form is not None and re.fullmatch(form, quoted[1:-1]):
            return quoted[1:-1]
        return f"{quoted}^^{self(datatype[2:])}"


def header(prefixes: dict[str, str], *comments: str) -> str:
    """Return comments and prefix lines."""
    lines = [f"# {comment}\n" for comment in comments]
    lines += [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items()]
    return "".join(lines)


def group(facts: Iterable[Fact]) -> dict[str, dict[str, list[str]]]:
    """Return subject → predicate → objects, subjects in their first order, each fact once."""
    grouped: dict[str, dict[str, dict[str, None]]] = {}
    for subject, predicate, value in facts:
        grouped.setdefault(subject, {}).setdefault(predicate, {})[value] = None
    return {s: {p: list(values) for p, values in said.items()} for s, said in grouped.items()}


def blocks(facts: Iterable[Fact], short: Shortener) -> Iterator[tuple[str, str]]:
    """Yield (subject, its block of Turtle) for each subject, in the order in which they first come.

    A mention stands on one line: there are many, and they say little.
    """
    for subject, said in group(facts).items():
        lines = [_line(predicate, said[predicate], short) for predicate in sorted(said, key=_rank)]
        between = " ; " if MENTION in said.get(TYPE, ()) else " ;\n    "
        yield subject, f"{short(subject)} {between.join(lines)} .\n"


def document(facts: Iterable[Fact], prefixes: dict[str, str], *comments: str) -> str:
    """Return a whole Turtle document: the prefixes that it uses, then a block for each subject in their order."""
    short = Shortener(prefixes)
    body = "\n".join(block for _, block in blocks(facts, short))
    used = {prefix: namespace for prefix, namespace in prefixes.items() if prefix in short.used}
    return f"{header(used, *comments)}\n{body}" if body else header({}, *comments)


def heading(title: str) -> str:
    """Return a comment that begins a section.

    >>> print(heading("Entities"), end="")
    <BLANKLINE>
    # == Entities ==
    <BLANKLINE>
    """
    return f"\n# == {comment(title)} ==\n\n"


def comment(words: str) -> str:
    r"""Return words that can stand in a comment: on one line.

    >>> comment("a\nb\x85c")
    'a b c'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _line(predicate: str, values: list[str], short: Shortener) -> str:
    written = "a" if predicate == TYPE else short(predicate)
    if len(values) == 1:
        return f"{written} {short(values[0])}"
    # Types come most specific first and say so by their order.
    ordered = values if predicate == TYPE else sorted(values)
    return f"{written} {', '.join(short(value) for value in ordered)}"


def _rank(predicate: str) -> tuple[int, str]:
    return _ORDER.get(predicate, 1000), predicate
