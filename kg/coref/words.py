"""The closed word lists of coreference."""

from functools import cache

from kg import resources


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """The words of a list of `coreference.toml`.

    >>> "the" in listed("determiners", "definite")
    True
    """
    table = resources.toml("en", "coreference.toml")[section]
    return frozenset(table[name] if isinstance(table, dict) else ())


def gender_of(noun: str) -> str:
    """The gender that a noun or title says: "m", "f", or "" when it says none.

    >>> gender_of("actress"), gender_of("minister")
    ('f', '')
    """
    return "m" if noun in listed("gender", "m") else "f" if noun in listed("gender", "f") else ""
