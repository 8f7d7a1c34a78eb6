"""The word lists of a language, read once."""

from functools import cache
from importlib.resources import files


@cache
def word_set(name: str, language: str = "en") -> frozenset[str]:
    """The lines of `kg/lang/<language>/<name>`, without comments and empty ones.

    >>> "mr." in word_set("abbreviations.txt")
    True
    """
    return frozenset(line for line in _lines(name, language) if "\t" not in line)


@cache
def word_table(name: str, language: str = "en") -> dict[str, tuple[str, ...]]:
    """First column → the other columns, of the tab-separated `kg/lang/<language>/<name>`; a later row of one key wins.

    >>> word_table("heads.tsv")["minister"][0]
    'Person'
    """
    rows = (line.split("\t") for line in _lines(name, language))
    return {row[0]: tuple(row[1:]) for row in rows}


def _lines(name: str, language: str) -> list[str]:
    text = (files("kg") / "lang" / language / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
