"""Stretches of a text within quotation marks.

Marks come curly, straight, doubled ('' ''), as guillemets or as single marks; they are forgotten, mixed, or opened
anew on each paragraph of a long speech. Pairs are made one paragraph at a time, so that a forgotten mark costs a
paragraph and never the document. Text in, offsets out: no model needed.
"""

import re
from dataclasses import dataclass

_DOUBLE = re.compile(r"[\"“”„‟«»]|''|``|‘‘|’’")
_SINGLE = re.compile(r"[‘’']")
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?,…](?=\s|$)")
_MOST_UNMARKED = 6
_ELISIONS = re.compile(r"(?:\d0s|em|til|tis|twas|cause|round|n)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters within quotation marks; `start` and `end` include the marks.

    `closed` is False when the closing mark is missing; `continued` is True when the paragraph goes on with what the
    paragraph before left open (each paragraph of a long speech opens, only the last one closes).
    """

    start: int
    end: int
    closed: bool = True
    continued: bool = False


def find_quoted(text: str) -> tuple[Quoted, ...]:
    r"""Everything within (outermost) quotation marks, in order.

    >>> text = 'He said “we go on” and left.'
    >>> [text[q.start : q.end] for q in find_quoted(text)]
    ['“we go on”']
    >>> [q.closed for q in find_quoted('“We go on,\n\n“and on,” he said.')]
    [False, True]
    """
    found: list[Quoted] = []
    open_before = False
    pending: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        content = paragraph.group()
        if not content.strip():
            continue
        close = _leading_close(content) if open_before else None
        if close is not None:
            found += [Quoted(start, end, False, True) for start, end in pending]
            begin = paragraph.start() + len(content) - len(content.lstrip())
            found.append(Quoted(begin, paragraph.start() + close, True, True))
        pairs = _pair(content, close or 0) or ([] if close else _pair_single(content))
        for number, (start, end, closed) in enumerate(pairs):
            leading = number == 0 and not content[:start].strip()
            found.append(Quoted(paragraph.start() + start, paragraph.start() + end, closed, open_before and leading))
        if open_before and not pairs and close is None and len(pending) < _MOST_UNMARKED:
            pending.append((paragraph.start(), paragraph.start() + len(content.rstrip())))
            continue
        pending = []
        open_before = bool(pairs) and not pairs[-1][2]
    return tuple(found)


def _leading_close(text: str) -> int | None:
    """End of the mark that closes what an earlier paragraph opened: the first of this one, when it can only close."""
    mark = _DOUBLE.search(text)
    if mark is None or not text[: mark.start()].strip():
        return None
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    closes = mark.group() not in "“„«``" and not before.isspace() and (not after or not after.isalnum())
    return mark.end() if closes else None


def _pair(text: str, begin: int) -> list[tuple[int, int, bool]]:
    pairs: list[tuple[int, int, bool]] = []
    opened: int | None = None
    for mark in _DOUBLE.finditer(text, begin):
        side = _side(text, mark.start(), mark.end(), opened is not None)
        if side == "open":
            if opened is not None:
                pairs.append((opened, _last_stop(text, opened, mark.start()), False))
            opened = mark.start()
        elif side == "close" and opened is not None:
            if text[opened : mark.end()].strip("\"“”„‟«»'`‘’ "):
                pairs.append((opened, mark.end(), True))
            opened = None
    if opened is not None and text[opened + 1 :].strip():
        pairs.append((opened, len(text.rstrip()), False))
    return pairs


def _side(text: str, start: int, end: int, inside: bool) -> str:
    """Whether the mark at `start` opens, closes or is none ("open", "close", "")."""
    mark = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    free_before = not before or before.isspace() or before in "([{—–-…/"
    free_after = not after or after.isspace()
    if mark == "“" or mark in "„«``‘‘":
        return "close" if inside and free_after and not free_before else "open"
    if mark in "”»’’":
        return "open" if not inside and free_before and not free_after else _closing(before, inside)
    if mark == '"' and before.isdigit() and not inside:
        return ""
    if free_before and not free_after:
        return "open" if not inside or (before != "" and before not in "—–-…/") else "close"
    if free_after and not free_before:
        return _closing(before, inside)
    if free_before and free_after and not inside and not text[:start].strip():
        return "open"
    return "close" if inside else "open" if after.isalnum() else ""


def _closing(before: str, inside: bool) -> str:
    return "close" if inside or not before else ""


def _last_stop(text: str, start: int, end: int) -> int:
    """Where a quotation without its closing mark ends, at the latest before `end`."""
    stops = [match.end() for match in _SENTENCE_END.finditer(text, start, end)]
    return stops[-1] if stops else start + len(text[start:end].rstrip())


def _pair_single(text: str) -> list[tuple[int, int, bool]]:
    """Pairs of single marks, for text that uses no double ones: an apostrophe is none.

    A mark that follows punctuation closes for certain; "the teachers' union" inside single marks does not.
    """
    pairs: list[tuple[int, int, bool]] = []
    position = 0
    while (mark := _SINGLE.search(text, position)) is not None:
        position = mark.end()
        before = text[mark.start() - 1 : mark.start()]
        opens = (not before or before.isspace() or before in "([—–:") and text[position : position + 1].isalnum()
        if not opens or mark.group() == "’" or _ELISIONS.match(text, position):
            continue
        close = _single_close(text, position)
        if close is not None:
            pairs.append((mark.start(), close, True))
            position = close
    return pairs


def _single_close(text: str, start: int) -> int | None:
    first: int | None = None
    for mark in _SINGLE.finditer(text, start):
        before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
        if mark.group() == "‘" or (before.isspace() and first is not None):
            break
        if before.isspace() or after.isalnum():
            continue
        if before in ".,!?…":
            return mark.end()
        if first is None:
            first = mark.end()
    return first
