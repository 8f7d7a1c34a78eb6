"""How deep and how long a query is, before the store's parser sees it, and whether it asks another server.

Oxigraph reads, plans and forgets a query by functions that call themselves: nested some thousand deep it ends the
process with a segmentation fault, and lists nested a thousand deep, or a thousand patterns to join, take it minutes.
What is inside strings, comments and IRIs does not count.
"""

import re
from collections.abc import Iterator

from kg.errors import QueryError

# What nobody writes by hand, and the clients that write queries don't come near.
NESTED, CHAINED = 100, 1_000

_STRING = (
    r'"""(?:[^\\"]|\\.|"(?!""))*"""|\'\'\'(?:[^\\\']|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
)
_IRI = r'<[^<>"{}|^`\\\x00-\x20]*>'
_TOKEN = re.compile(
    rf"(?P<text>{_STRING})|(?P<unended>[\"'].*)|(?P<comment>\#[^\n\r]*)|(?P<iri>{_IRI})|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[?$@]\w+|\w*:(?:[\w:%\\-]|\.(?=\w))*|\w+)|(?P<mark>&&|\|\||[^\s\w])",
    re.DOTALL,
)
_STRINGS, _IRIS, _COMMENT = re.compile(_STRING, re.DOTALL), re.compile(_IRI), re.compile(r"#[^\n\r]*")
_SURE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_OPEN, _CLOSE = frozenset("{(["), frozenset("})]")
_JOINING = frozenset(
    {".", ";", "/", "|", "||", "&&", "+", "-", "*", "=", "union", "optional", "minus", "filter", "bind"}
)
_PREFIXES = frozenset("!^+-")


def check(query: str, *words: str) -> None:
    """Make sure that a query can be given to the store, and an update, in which LOAD is refused: `words`.

    Raises:
        QueryError: it is nested too deep, a list in it is too long, or it asks another server.
    """
    depth, length = measure(query)
    if depth > NESTED:
        raise QueryError(f"the query is nested {depth:,} deep: at most {NESTED:,} are answered")
    if length > CHAINED:
        raise QueryError(f"{length:,} patterns or operators stand side by side: at most {CHAINED:,} are answered")
    for word in ("service", *words):
        if calls(query, word):
            raise QueryError(f"{word.upper()} is not answered: nothing is fetched from another server")


def measure(query: str) -> tuple[int, int]:
    """Return how deep brackets and signs are nested, and how many patterns, operators or items stand side by side.

    >>> measure('ASK { ?s ?p "{{{" FILTER(!!(?s = <a{b>)) }')
    (4, 1)
    >>> measure("ASK { ?s ?p (1 2 3) }")
    (2, 2)
    """
    # How many joins each open bracket holds, that of the whole query first, and which brackets these are.
    counts, brackets, deepest, longest, run = [0], [""], 0, 0, 0
    before = ""
    for kind, sign in _tokens(query):
        run = run + 1 if sign in _PREFIXES else 0
        if sign in _JOINING or _joins(kind, sign, before, brackets[-1]):
            counts[-1] += 1
            longest = max(longest, counts[-1])
        if sign in _OPEN:
            counts.append(0)
            brackets.append(sign)
        elif sign in _CLOSE and len(counts) > 1:
            counts.pop()
            brackets.pop()
        deepest = max(deepest, len(counts) - 1 + run)
        before = "term" if sign in _CLOSE else kind
    return deepest, longest


def _joins(kind: str, sign: str, before: str, bracket: str) -> bool:
    """Return whether what comes goes on with a row: a group beside groups, an object, a column, an item of a list."""
    if bracket == "(":
        return before == "term" and (kind == "term" or sign in ("(", "["))
    return sign == "{" or (sign == "," and bracket in ("{", "[")) or (sign == "(" and bracket == "")


def _tokens(query: str) -> Iterator[tuple[str, str]]:
    """Yield what counts: a `term` stands for something, a `mark` is a sign or a word of the language."""
    for match in _TOKEN.finditer(query):
        kind, token = match.lastgroup, match.group()
        if kind == "mark":
            yield "mark", token
        elif kind == "name" and token.isalpha():
            yield "mark", token.lower()
        elif kind != "comment":
            yield "term", "term"


def calls(query: str, word: str = "service") -> bool:
    """Return whether a word such as SERVICE stands where the store's parser could take it for one of the language.

    `<` begins an IRI or is an operator, and only a parser knows: in `?a<?b#>` a `#` that is part of an IRI for one
    begins a comment for the other, and what follows is hidden from one of them. So both are followed here.

    >>> calls('ASK { ?s ?p "SERVICE" . ?s :service ?service }')
    False
    >>> calls('ASK { service <http://example.org/> { ?s ?p ?o } }')
    True
    """
    if word not in query.lower():
        return False
    plain = bytearray(len(query) + 1)
    plain[0] = True
    for at, character in enumerate(query):
        if plain[at]:
            if character.lower() == word[0] and query[at : at + len(word)].lower() == word and not _named(query, at):
                return True
            for end in _ends(query, at, character):
                plain[end] = True
    return False


def _named(query: str, at: int) -> bool:
    """Return whether a place is inside a variable, a language or a prefixed name; words need no space between them."""
    before = at
    while before and (query[before - 1].isalnum() or query[before - 1] in "_-"):
        before -= 1
    sign = query[before - 1 : before]
    return sign in ("@", ":") or (sign in ("?", "$") and "-" not in query[before:at])


def _ends(query: str, at: int, character: str) -> Iterator[int]:
    """Yield where what begins at a place may end: an IRI or an operator, a string, a comment, or one character."""
    if character == "#":
        yield _COMMENT.match(query, at).end()  # type: ignore[union-attr]
        return
    found = _STRINGS.match(query, at) if character in "\"'" else _IRIS.match(query, at) if character == "<" else None
    if found:
        yield found.end()
    elif character in "\"'":
        return
    # http://… is no operator and a name: `//` follows no name.
    if not found or (character == "<" and not _SURE.match(query, at)):
        yield at + 1
