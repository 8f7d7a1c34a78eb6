"""The word lists of a language as sets and dictionaries, made once."""

from functools import cache

from kg import resources


def word_set(name: str, language: str = "en") -> frozenset[str]:
    """The entries of the word list `name`.

    >>> "mr." in word_set("abbreviations.txt")
    True
    """
    return resources.word_set(language, name)


@cache
def word_table(name: str, language: str = "en") -> dict[str, str]:
    """First column → second column of the tab-separated list `name`; a later row of one key wins.

    >>> word_table("heads.tsv")["minister"]
    'Person'
    """
    return {row[0]: row[1] for row in resources.table(language, name)}
