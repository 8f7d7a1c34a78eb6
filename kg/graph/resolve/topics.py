"""What a document is about, as the words that not all news has, and how much of it two documents share."""

import math
import re

from kg import resources

_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?!\w)")
_ENDINGS = ("ings", "ing", "ed", "es", "s", "ly")
_LEAST = 4


def topic(text: str) -> frozenset[str]:
    """Return the words in lower case of four letters and more, without endings and without common words.

    >>> sorted(topic("The inquiry into the dredging of the port went on, said lawyers who had read the tender."))
    ['dredg', 'tender']
    """
    return frozenset(stem(word) for word in _WORD.findall(text)) - resources.word_set("en", "common_words.txt")


def likeness(first: frozenset[str], second: frozenset[str]) -> float | None:
    """Return the cosine of two sets of words, 0 to 1; None where one is empty.

    >>> likeness(frozenset(("dredg", "tender")), frozenset(("dredg", "flood")))
    0.5
    """
    if not first or not second:
        return None
    return len(first & second) / math.sqrt(len(first) * len(second))


def stem(word: str) -> str:
    """Return a word without an English ending of inflection.

    >>> stem("floods"), stem("voted"), stem("king")
    ('flood', 'voted', 'king')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
