"""Questions to a graph: named ones from `ontology/queries/*.rq`, a file, or SPARQL text, with parameters.

A parameter is written `$place` in the query; a comment on top says what it means (`# param place: name of the place,
e.g. Calais`). A value takes its place as a string, so nothing in it can change the query. A line with such a parameter
that is not given is left out: the question without it, and nothing for the store to evaluate. In every .rq all patterns
stand before the first OPTIONAL, in one group: Oxigraph then goes from the few to the many, else it joins the many;
`ask` knows two more ways to put a question to it (kg/graph/plans.py).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kg import resources
from kg.errors import QueryError, UsageError
from kg.graph import plans, terms
from kg.settings import BASE
from kg.store import oxigraph

Answer = QuerySolutions | QueryTriples | QueryBoolean

_TOKEN = re.compile(
    r'(?P<skip>"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
    r"|<[^<>\"{}|^`\\\s]*>|\#[^\n]*)|\$(?P<name>\w+)",
    re.DOTALL,
)
_PARAM = re.compile(r"# param (?P<name>\w+): (?P<meaning>.*?)(?:, e\.g\. (?P<example>.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query, with what it means and an example."""

    name: str
    meaning: str
    example: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that ships with kg: its name, what it asks, its parameters and its SPARQL."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    text: str


@cache
def named() -> tuple[NamedQuery, ...]:
    """Return the questions that ship with kg, in order of their names."""
    folder = resources.ontology() / "queries"
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def find(name: str) -> NamedQuery:
    """Return the question called `name`.

    Raises:
        UsageError: there is none; the message names those that sound like it.
    """
    known = {query.name: query for query in named()}
    if name in known:
        return known[name]
    close = get_close_matches(name, known, n=3, cutoff=0.4) or [
        n for n in known if set(n.split("-")) & set(name.split("-"))
    ]
    hint = f"did you mean {' or '.join(close)}?" if close else "kg query --list names them all"
    raise UsageError(f"no question is called {name!r}, and no file: {hint}")


def fill(query: str, values: Mapping[str, str]) -> str:
    r"""Return the query with `$name` replaced by the values, as strings.

    >>> fill('SELECT * { ?s rdfs:label $place . FILTER("$place" != "") }', {"place": 'a"b'})
    'SELECT * { ?s rdfs:label "a\\"b" . FILTER("$place" != "") }'

    Raises:
        UsageError: the query has no such parameter.
    """
    found = {match["name"] for match in _TOKEN.finditer(query) if match["name"]}
    for name in sorted(values):
        if name not in found:
            has = f"it has {', '.join(sorted(found))}" if found else "it has none; write it as $name"
            raise UsageError(f"the query has no parameter {name!r}: {has}")

    def value(match: re.Match[str]) -> str:
        name = match["name"]
        return terms.text(values[name]) if name and name in values else match.group()

    return _TOKEN.sub(value, _without(query, _declared(query) - set(values)))


def ask(
    store: Store,
    query: str,
    values: Mapping[str, str] | None = None,
    *,
    base: str = BASE,
    names: str | None = None,
) -> Answer:
    """Return the answer of the store to SPARQL; its default graph is the union of all.

    The prefixes of the graph (kg:, rdfs:, entity:, …) need no declaration. `names` is the term of a graph that has the
    names of all entities: with it they are found faster.

    Raises:
        QueryError: the query is not SPARQL, or can't be run.
        UsageError: a value is given for a parameter that the query lacks.
    """
    given = values or {}
    text = fill(query, given)
    try:
        if _declared(query):
            text = plans.known_first(store, plans.scanned(text, given), names)
        return store.query(text, prefixes=terms.prefixes(base))
    except SyntaxError as error:
        raise oxigraph.unreadable(error) from None
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the query can't be run: {error}") from None


def text_of(argument: str) -> str:
    """Return the SPARQL that an argument stands for: the content of a .rq file, itself, or a named question.

    Raises:
        UsageError: it is none of these.
    """
    if argument.endswith(".rq") and Path(argument).is_file():
        try:
            return Path(argument).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{argument}: can't be read: {error}") from None
    return argument if any(c.isspace() for c in argument.strip()) else find(argument).text


def parameters(pairs: Sequence[str]) -> dict[str, str]:
    """Return what `name=value` arguments say.

    >>> parameters(["place=Calais", "since=2021-06-01"])
    {'place': 'Calais', 'since': '2021-06-01'}

    Raises:
        UsageError: one has no "=".
    """
    split = [pair.partition("=") for pair in pairs]
    for name, equals, _ in split:
        if not equals or not name:
            raise UsageError(f"--param {name!r}: write name=value, such as place=Calais")
    return {name.lstrip("$?"): value for name, _, value in split}


def _declared(query: str) -> set[str]:
    return {match["name"] for line in _comment(query) if (match := _PARAM.fullmatch(line))}


def _without(query: str, names: set[str]) -> str:
    """Return the query without the lines that have one of these parameters."""
    if not names:
        return query
    kept = (
        line
        for line in query.split("\n")
        if not names & {match["name"] for match in _TOKEN.finditer(line) if match["name"]}
    )
    return "\n".join(kept)


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    comment = list(_comment(text))
    found = [match for line in comment if (match := _PARAM.fullmatch(line))]
    asked = tuple(Parameter(match["name"], match["meaning"], match["example"]) for match in found)
    return NamedQuery(path.stem, comment[0].lstrip("# "), asked, text)


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line
