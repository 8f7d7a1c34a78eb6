"""How a question is put to Oxigraph, which has no statistics and joins as it is told. Neither changes the answer.

**Names first.** Named questions ask for entities by name in one way (`_BY_NAME`). They are looked up before, and their
IRIs stand in the place of that pattern: a question about one node begins at that node. Whatever else is to be known
first is a subquery for one variable, on a line of its own: `{ SELECT DISTINCT ?relation { … } }`.

**Whole columns.** A look-up for each row costs 10 µs, a pattern read from its first triple to its last 0.3 µs a triple.
A question that lists the whole graph is two to five times faster when each pattern is read once and joined by hash,
which Oxigraph does with subqueries. A comment says that it is, and for which parameters it isn't: `# scan`,
`# scan without actor, place`.
"""

import re
from collections.abc import Collection

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.graph import terms

_BY_NAME = re.compile(
    r"\?(?P<node>\w+) a kg:Entity ; rdfs:label\|skos:altLabel \?(?P<name>\w+) "
    r"FILTER\(CONTAINS\(LCASE\(\?(?P=name)\), LCASE\((?P<part>\"(?:[^\"\\\n]|\\.)*\")\)\)\)"
)
_NAMED = """
SELECT DISTINCT ?node WHERE {
  { ?node a kg:Entity . ?node rdfs:label ?name FILTER(CONTAINS(LCASE(?name), LCASE(%(part)s))) }
  UNION { ?node skos:altLabel ?name . ?node a kg:Entity FILTER(CONTAINS(LCASE(?name), LCASE(%(part)s))) }
}
"""
_NAMED_IN = """
SELECT DISTINCT ?node WHERE {
  GRAPH %(graph)s {
    { ?node rdfs:label ?name FILTER(CONTAINS(LCASE(?name), LCASE(%(part)s))) }
    UNION { ?node skos:altLabel ?name FILTER(CONTAINS(LCASE(?name), LCASE(%(part)s))) }
  }
}
"""
_FIRST = re.compile(r"\{ (?P<query>SELECT DISTINCT \?(?P<node>\w+) \{ .* \}) \}")
SCAN = re.compile(r"^# scan(?: without (?P<names>\w+(?:, \w+)*))?$\n?", re.MULTILINE)
_TYPE, _ENTITY = NamedNode(f"{terms.RDF}type"), NamedNode(terms.name("kg:Entity")[1:-1])
_OPTIONAL = re.compile(r"(?P<before>.*?) ?OPTIONAL \{ (?P<inner>.*) \}")


def known_first(store: Store, query: str, names: str | None = None) -> str:
    """Return a question with the nodes that it asks for by name, or by a subquery of one line, written into it.

    `names` is the term of a graph that has the names of all entities; without it the whole store is searched.
    """
    found = {part: " ".join(_named(store, part, names)) for part in {m["part"] for m in _BY_NAME.finditer(query)}}
    query = _BY_NAME.sub(lambda match: f"VALUES ?{match['node']} {{ {found[match['part']]} }}", query)
    return _FIRST.sub(lambda match: f"VALUES ?{match['node']} {{ {' '.join(_answered(store, match))} }}", query)


def entities_named(store: Store, part: str, names: str | None = None) -> tuple[str, ...]:
    """Return the terms of the entities that have `part` in a name, in upper or lower case, in their order."""
    return _named(store, terms.text(part), names)


def scanned(query: str, given: Collection[str]) -> str:
    r"""Return a question with its patterns as subqueries, where it says so and none of those parameters is given.

    >>> query = "# scan without id\nSELECT * {\n  ?s kg:inDocument ?d ; rdf:subject ?n .\n  FILTER(?s != ?n)\n}"
    >>> print(scanned(query, ()))
    # scan without id
    SELECT * {
      { SELECT * { ?s kg:inDocument ?d } } { SELECT * { ?s rdf:subject ?n } }
      FILTER(?s != ?n)
    }
    >>> scanned(query, {"id"}) == query
    True
    """
    if not is_scanned(query, given):
        return query
    return "\n".join(_line(line) for line in query.split("\n"))


def is_scanned(query: str, given: Collection[str]) -> bool:
    """Return whether a question says that its patterns are read whole, and none of the parameters given forbids it."""
    match = SCAN.search(query)
    return match is not None and not set((match["names"] or "").split(", ")) & set(given)


def _named(store: Store, part: str, names: str | None) -> tuple[str, ...]:
    asked = _NAMED if names is None else _NAMED_IN
    rows = store.query(asked % {"part": part, "graph": names}, prefixes=terms.PREFIXES)
    found = (row["node"] for row in rows)  # type: ignore[union-attr]
    # Of few nodes the store is asked here: among the patterns Oxigraph would begin with all entities there are.
    return tuple(sorted(str(node) for node in found if Quad(node, _TYPE, _ENTITY, DefaultGraph()) in store))


def _answered(store: Store, subquery: re.Match[str]) -> list[str]:
    rows = store.query(subquery["query"], prefixes=terms.PREFIXES)
    return sorted(str(row[subquery["node"]]) for row in rows)  # type: ignore[union-attr]


def _line(line: str) -> str:
    words = line.lstrip()
    patterns = _subqueries(words) if words.startswith(("?", "OPTIONAL {")) else None
    return line if patterns is None else line[: len(line) - len(words)] + patterns


def _subqueries(patterns: str) -> str | None:
    """Return the patterns of a line, each as a subquery; None where it has anything else, such as a filter."""
    if optional := _OPTIONAL.fullmatch(patterns):
        before = _subqueries(optional["before"]) if optional["before"] else ""
        inner = _subqueries(optional["inner"])
        return None if before is None or inner is None else f"{before} OPTIONAL {{ {inner} }}".lstrip()
    found = []
    for sentence in patterns.removesuffix(" .").split(" . "):
        subject, _, rest = sentence.partition(" ")
        for pair in rest.split(" ; "):
            # A path with * begins at every node there is, unless it is told where.
            if not subject.startswith("?") or pair.count(" ") != 1 or "*" in pair:
                return None
            found.append(f"{{ SELECT * {{ {subject} {pair} }} }}")
    return " ".join(found)
