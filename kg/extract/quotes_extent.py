"""Where the content of indirect speech begins and ends."""

from spacy.tokens import Doc, Token

from kg.extract.quotation import Report
from kg.extract.reporting import reports_on

_TRIM_END = frozenset({",", ".", ";", ":", "-", "—", "–", "--", "!", "and", "but"})
_TRIM_START = frozenset({",", ";", ":", "-", "—", "–", "--", "and", "but", "while"})
_CONTRASTS = frozenset({"although", "though", "despite"})
_OPENING = frozenset({"“", "``", "„", "«"})
_CLOSING = frozenset({"”", '"', "''", "’", "'", "»"})
_SHORT = 2
_LONGEST_DATELINE = 10


def own_end(doc: Doc, content: tuple[int, int], report: Report, anchors: set[int]) -> int:
    """Where the content ends before words that report on.

    "said the road was closed, adding that …", "said the road was closed and promised a new one"
    """
    for index in range(max(content[0], report.anchor) + 2, content[1]):
        token = doc[index]
        if token.lower_ in _CONTRASTS and doc[index - 1].text == ",":
            return index - 1
        if report.verb is not None and doc[index - 1].text == "," and _is_aside(token, content[1]):
            return index - 1
        if index not in anchors:
            continue
        if token.tag_ == "VBG" and doc[index - 1].text == ",":
            return index - 1
        if report.verb is not None and reports_on(token, doc[report.verb]):
            return next((c.i for c in token.head.children if c.dep_ == "cc" and c.i < index), index)
    return content[1]


def _is_aside(pronoun: Token, end: int) -> bool:
    """Whether a relative clause at the end is the writer's: "said he knew Ortega, who was born in Lunden".

    One with a modal verb may be the speaker's judgement ("a mistake, which would cost millions") and stays.
    """
    verb = pronoun.head
    if pronoun.lower_ not in {"who", "which"} or verb.dep_ not in {"relcl", "advcl"} or verb.right_edge.i + 1 < end:
        return False
    return not any(child.tag_ == "MD" for child in verb.lefts)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The content without punctuation and conjunctions at its ends, None when too little is left."""
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _TRIM_END):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].lower_ in _TRIM_START):
        start += 1
    start = _behind_dateline(doc, start, end)
    opened = sum(doc[i].text in _OPENING for i in range(start, end)) - sum(
        doc[i].text in _CLOSING for i in range(start, end)
    )
    if opened > 0 and any(token.text in _CLOSING for token in doc[end : end + 2]):
        end = next(token.i + 1 for token in doc[end : end + 2] if token.text in _CLOSING)
    return (start, end) if end - start >= _SHORT else None


def _behind_dateline(doc: Doc, start: int, end: int) -> int:
    """The first token behind "HAMBURG, June 4 (Reuters) —"."""
    for index in range(start, min(start + _LONGEST_DATELINE, end)):
        token = doc[index]
        if token.text in {"—", "–", "--", "-"} and index > start:
            return index + 1
        if not (token.pos_ in {"PROPN", "PUNCT", "NUM"} and (token.is_upper or token.ent_type_ or token.is_punct)):
            break
    return start


def to_closing_mark(span: tuple[int, int], marked: list[tuple[int, int]]) -> tuple[int, int]:
    """The content with the whole of a quotation that begins in it: said that “they came. They left”."""
    for start, end in marked:
        if span[0] <= start < span[1] < end:
            return span[0], end
    return span
