"""The sentences of a page whose text was taken with its menus, as WET archives have it.

A page there is lines without markup: the title, the menu, the article, teasers, the footer. What tells an article is
that it runs in sentences: lines with many words that end like one. Lines of few words, lists of links, lines that come
again and what a page says about itself are left out; so are all lines before the first long one and behind the last.
The idea is that of jusText (Pomikálek 2011), without its use of tags.
"""

import re
from dataclasses import dataclass

from kg.read.screen import is_notice

LONG = 12  # words of a line that is prose without doubt
SHORT = 4  # words of a line that may stand between two of these
FEWEST = 50  # words of an article
_END = re.compile(r"""[.!?…。！？؟।]["'”’»)\]]*\s*$""")
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|»|›|>)\s*$")
_SEPARATORS = re.compile(r"\s[|•·»›>/]\s|\s-\s.*\s-\s")
_SPEECH = re.compile(r"""^\s*["“'‘«]""")


@dataclass(frozen=True, slots=True)
class Prose:
    """The article, and how many of the lines with any text are no part of it."""

    text: str
    left_out: int
    lines: int

    @property
    def is_article(self) -> bool:
        """Whether enough is left to be one."""
        return len(self.text.split()) >= FEWEST


def prose(text: str) -> Prose:
    r"""Return what of a page runs in sentences, its lines parted by an empty line.

    >>> page = '''Flood kills two | Example News
    ... Home
    ... World
    ... Two people died on Monday when heavy rain fell on the hills above the town of Calais.
    ... Share
    ... “We had no choice,” said the mayor.
    ... The prefect ordered the evacuation of two hundred houses, and the army sent boats to the village.
    ... Read more
    ... © 2021 Example News'''
    >>> found = prose(page)
    >>> found.text.splitlines()[2], found.left_out, found.lines
    ('“We had no choice,” said the mayor.', 6, 9)
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [line for line in lines if line]
    counted: dict[str, int] = {}
    for line in lines:
        counted[line] = counted.get(line, 0) + 1
    good = [_is_long(line) for line in lines]
    if not any(good):
        return Prose("", len(lines), len(lines))
    first, last = good.index(True), len(good) - 1 - good[::-1].index(True)
    kept: dict[str, None] = {}
    for line in lines[first : last + 1]:
        if _is_long(line) or (counted[line] == 1 and _is_short_sentence(line)):
            kept.setdefault(line)
    return Prose("\n\n".join(kept), len(lines) - len(kept), len(lines))


def cleaned(text: str, title: str | None) -> Prose:
    r"""Return the text that was taken from the markup of a page, without the title and what it says about itself.

    Nothing is left of a listing: most of its words stand in headlines and teasers, not in sentences.

    >>> cleaned("Rain\nRain fell on the hills above the town.\nRead more", "Rain")
    Prose(text='Rain fell on the hills above the town.', left_out=2, lines=3)
    >>> cleaned("Flood kills two\nRain fell on the hills …\nBridge closed\nThe town was …", None).text
    ''
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept = [
        line for line in dict.fromkeys(lines) if line != title and (len(line.split()) >= LONG or not is_notice(line))
    ]
    running = sum(len(line) for line in kept if _runs(line))
    if 2 * running < sum(map(len, kept)):
        return Prose("", len(lines), len(lines))
    return Prose("\n\n".join(kept), len(lines) - len(kept), len(lines))


def _is_long(line: str) -> bool:
    return len(line.split()) >= LONG and _runs(line)


def _is_short_sentence(line: str) -> bool:
    return (len(line.split()) >= SHORT or _SPEECH.match(line) is not None) and _runs(line)


def _runs(line: str) -> bool:
    """Whether a line ends like a sentence that is neither a teaser, a list of links nor a notice."""
    return (
        _END.search(line) is not None
        and _CUT.search(line) is None
        and _SEPARATORS.search(line) is None
        and not is_notice(line)
    )
