"""The closed classes of English that the rules read, from `lang/en/syntax.toml`."""

from functools import cache
from typing import cast

from kg import resources


@cache
def words(section: str, key: str, language: str = "en") -> frozenset[str]:
    """Return one list of the file.

    >>> "might" in words("modal", "possible")
    True
    """
    table = cast("dict[str, dict[str, list[str]]]", resources.toml(language, "syntax.toml"))
    return frozenset(table[section][key])
