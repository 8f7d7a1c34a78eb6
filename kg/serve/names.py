"""Names as they are searched for: without accents, and found by the beginnings of their words."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice

_LONGEST = 200
_NO_MARK = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_WORD = re.compile(r"\w+")


def folded(name: str) -> str:
    """Return a name in lower case, without accents.

    >>> folded("Gérald Darmanin"), folded("Straße"), folded("Łódź")
    ('gerald darmanin', 'strasse', 'lodz')
    """
    apart = unicodedata.normalize("NFKD", name[:_LONGEST].casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_NO_MARK)


def search(db: sqlite3.Connection, query: str, most: int) -> list[int]:
    """Return the numbers of entities whose names have these words, or words that begin with them.

    "dar" → names with this word, then names that begin so or have a word that does, then those of which another
    spelling does; each by falling number of arrows, which is the order of numbers: no list is ever read to its end.
    """
    words = _WORD.findall(folded(query))
    if not words:
        return []
    found = chain.from_iterable(_matching(db, expression, most) for expression in _expressions(words))
    return list(islice(dict.fromkeys(found), most))


def _expressions(words: list[str]) -> Iterator[str]:
    """Yield what is asked of the table of names, the best first."""
    phrase = f'"{" ".join(words)}" *'
    every = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])
    for asked in (f'"{" ".join(words)}"', phrase):
        yield f"name : ^ {asked}"
        yield f"name : {asked}"
    if len(words) > 1:
        yield f"name : ({every})"
    yield f"alias : ({every})"


def _matching(db: sqlite3.Connection, expression: str, most: int) -> Iterator[int]:
    rows = db.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rowid LIMIT ?", (expression, most))
    return (n for (n,) in rows)
