"""Direct quotations: which stretches within marks are somebody's words, and whose.

Rules, in order, for each pair of marks:
1. a reporting clause begins right behind it: “…,” said Ms Ortega; “…,” the minister told reporters
2. a reporting clause ends right before it: Ms Ortega said: “…”; he added, “…”; according to Ms Ortega, “…”
3. it goes on with what the paragraph before left open: the same speaker
4. a whole sentence without a cue: the speaker of the quotation before it in the paragraph, else of the reporting
   clause before it
What is left is a phrase within a sentence: a title, scare quotes (the so-called “Jungle”) or part of what is retold
(said it was “a shame”), and no quotation of its own.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.quotation import Quotation, Report, make_quotation
from kg.extract.quotation_marks import Quoted, find_quoted

_OPENING = re.compile(r"[\"“”„«»'‘`\s\[(…\-—–]*")
_CLOSED_SENTENCE = re.compile(r"[.!?…,—–-]['’\"”»)\]]*\s*$")
_STOPS = frozenset({".", "!", "?", ";"})
_NEAR = 40
_LONG = 4


@dataclass(frozen=True, slots=True)
class Zone:
    """A pair of marks by tokens; `paragraph` is the number of its paragraph, for the rest see `find_zones`."""

    quoted: Quoted
    start: int
    end: int
    paragraph: int
    sentence: bool
    complete: bool
    stopped: bool
    title: bool


def find_zones(doc: Doc) -> tuple[Zone, ...]:
    """Everything within quotation marks, by tokens.

    `sentence`: begins with a capital letter; `complete`: ends with punctuation that ends a clause; `stopped`: with a
    full stop; `title`: looks like the title of a work.
    """
    text = doc.text
    quoted = find_quoted(text)
    if not quoted:
        return ()
    offsets = doc.to_array("IDX").tolist()
    breaks = [match.start() for match in re.finditer(r"\n", text)]
    zones = []
    for item in quoted:
        start = max(0, bisect_right(offsets, item.start) - 1)
        end = bisect_left(offsets, item.end)
        inner = text[item.start : item.end]
        first = inner[_OPENING.match(inner).end() :][:1]  # type: ignore[union-attr]
        complete = _CLOSED_SENTENCE.search(inner) is not None
        stopped = complete and inner.rstrip("\"“”„‟«»'`‘’ )]")[-1:] == "."
        zones.append(
            Zone(
                item,
                start,
                end,
                bisect_left(breaks, item.start),
                sentence=first.isupper() or first.isdigit(),
                complete=complete,
                stopped=stopped,
                title=_is_title(inner),
            )
        )
    return tuple(zones)


def _is_title(inner: str) -> bool:
    """Whether all words of weight begin with a capital: “The Long Winter,” “Any Answers”."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", inner) if len(word) > _LONG - 1]
    return 1 < len(words) < 2 * _LONG and all(word[0].isupper() for word in words)


def direct_quotations(doc: Doc, zones: tuple[Zone, ...], reports: tuple[Report, ...]) -> tuple[Quotation, ...]:
    """The quotations among `zones`, each with its reporting clause or the speaker carried over."""
    zones = tuple(_mended(doc, zone, zones[number + 1 : number + 2], reports) for number, zone in enumerate(zones))
    outside = tuple(r for r in reports if r.quote and not any(z.start <= r.anchor < z.end for z in zones))
    anchors = [report.anchor for report in outside]
    found: list[tuple[Zone, Quotation]] = []
    for number, zone in enumerate(zones):
        if zone.title:
            continue
        floor = zones[number - 1].end if number else 0
        ceiling = zones[number + 1].start if number + 1 < len(zones) else len(doc)
        near = outside[bisect_left(anchors, floor - _NEAR) : bisect_right(anchors, zone.end + _NEAR)]
        report = _behind(doc, zone, near, ceiling) or _before(doc, zone, near, floor)
        if report is not None:
            found.append((zone, _quotation(doc, zone, report)))
            continue
        before = found[-1] if found else None
        if zone.quoted.continued and before is not None and before[0] is zones[number - 1]:
            found.append((zone, _quotation(doc, zone, None, before[1].speaker)))
        elif _stands_alone(doc, zone):
            speaker = _carried(doc, zone, before, outside[: bisect_left(anchors, zone.start)])
            found.append((zone, _quotation(doc, zone, None, speaker)))
    return tuple(_carried_back(found))


def _mended(doc: Doc, zone: Zone, following: tuple[Zone, ...], reports: tuple[Report, ...]) -> Zone:
    """Without its closing mark a quotation ends where a reporting clause begins: “We waited for hours, he said."""
    if zone.quoted.closed or (following and following[0].quoted.continued):
        return zone
    for report in reports:
        if zone.start + 2 < report.first < zone.end and report.quote > 1 and report.speaker is not None:
            personal = doc[report.speaker].lower_ in {"i", "we", "you"}
            if doc[report.first - 1].text == "," and not personal and not _has_own_content(doc, report, len(doc)):
                comma = doc[report.first - 1]
                quoted = replace(zone.quoted, end=comma.idx + 1)
                return replace(zone, quoted=quoted, end=report.first, complete=True, stopped=False)
    return zone


def _quotation(doc: Doc, zone: Zone, report: Report | None, speaker: int | None = None) -> Quotation:
    chars = (zone.quoted.start, zone.quoted.end)
    return make_quotation(doc, (zone.start, zone.end), report, direct=True, chars=chars, speaker=speaker)


def _behind(doc: Doc, zone: Zone, reports: tuple[Report, ...], ceiling: int) -> Report | None:
    """Rule 1: only adverbs and punctuation stand between the closing mark and the reporting clause."""
    for report in reports:
        if report.anchor < zone.end or report.anchor >= ceiling:
            continue
        begin = max(zone.end, min(report.first, report.cue[0]))
        between = doc[zone.end : begin]
        if any(not _light(token) for token in between) or _has_own_content(doc, report, ceiling):
            return None
        inside = doc[begin : report.anchor]
        if any(token.text in _STOPS or "\n" in token.text for token in inside):
            return None
        if report.verb is not None and report.speaker is None:
            return None
        if not zone.complete and not (between and between[0].text == ","):
            return None
        if zone.stopped and doc[begin].text[:1].isupper():
            return None
        return None if _within_sentence(doc, zone) else report
    return None


def _has_own_content(doc: Doc, report: Report, ceiling: int) -> bool:
    """Whether the reporting clause goes on with content of its own: “Any Answers,” the host said he would leave."""
    if report.verb is None:
        return False
    return any(
        report.verb < child.i < ceiling
        and (child.dep_ in {"ccomp", "oprd"} or (child.dep_ == "xcomp" and child.tag_ != "VBG"))
        for child in doc[report.verb].children
    )


def _within_sentence(doc: Doc, zone: Zone) -> bool:
    """Whether the marks stand within a clause that the writer began: The talks achieved “too little,” he said."""
    if zone.start == 0 or doc[zone.start].is_sent_start:
        return False
    before = doc[zone.start - 1]
    if before.is_space or before.is_punct or before.dep_ == "cc":
        return False
    return not zone.sentence


def _light(token: Token) -> bool:
    return token.text in {",", "-", "—", "–", "--", "’", "'"} or token.pos_ == "ADV" or token.lower_ in {"as", "so"}


def _before(doc: Doc, zone: Zone, reports: tuple[Report, ...], floor: int) -> Report | None:
    """Rule 2: the reporting clause ends with a comma, a colon, or its verb, right before the opening mark."""
    if zone.start == 0:
        return None
    previous = doc[zone.start - 1]
    if previous.is_space and zone.start > 1 and doc[zone.start - 2].text == ":":
        previous = doc[zone.start - 2]
    if previous.text == ":":
        floor = 0
    for report in reversed(reports):
        if not floor <= report.anchor < zone.start:
            continue
        between = doc[max(report.anchor, report.last) + 1 : previous.i]
        if any(token.text in _STOPS or "\n" in token.text for token in between):
            return None
        if previous.text == ":":
            return report
        if previous.text == "," and (zone.sentence or zone.complete) and _adjuncts_only(doc, report, zone.start - 1):
            return report
        if previous.i <= report.last or previous.i < report.cue[1]:
            return report if _spoken(doc, zone) else None
        if report.force == "describe" and previous.lower_ == "as" and zone.end - zone.start > _LONG + 1:
            return report
        if (
            _adjuncts_only(doc, report, zone.start)
            and previous.lower_ != "that"
            and zone.sentence
            and _spoken(doc, zone)
        ):
            return report
        return None
    return None


def _adjuncts_only(doc: Doc, report: Report, end: int) -> bool:
    """Whether only the hearer and adverbials follow the verb: "told reporters in Lille on Monday,", and no clause."""
    between = doc[max(report.anchor + 1, report.cue[1]) : end]
    return not any(
        token.dep_ in {"ccomp", "xcomp"} or (token.dep_ == "mark" and token.lower_ == "that") or token.lower_ == "that"
        for token in between
    )


def _spoken(doc: Doc, zone: Zone) -> bool:
    """More than a phrase that its sentence goes on with: a sentence of its own, or the end of one."""
    if zone.sentence and zone.end - zone.start > _LONG and zone.complete:
        return True
    following = doc[zone.end] if zone.end < len(doc) else None
    ends = following is None or following.is_punct or following.is_space or zone.complete
    return ends and zone.end - zone.start > _LONG + 1


def _stands_alone(doc: Doc, zone: Zone) -> bool:
    """Begins like a sentence after the end of one, and ends like one."""
    if not zone.sentence or zone.end - zone.start < _LONG + 2:
        return False
    if not zone.complete and zone.quoted.closed:
        return False
    index = zone.start - 1
    while index >= 0 and (doc[index].is_space or doc[index].text in {"”", '"', "''", "’"}):
        if "\n" in doc[index].text:
            return True
        index -= 1
    return index < 0 or doc[index].text[-1:] in {".", "!", "?", ":", "…"}


def _carried(doc: Doc, zone: Zone, before: tuple[Zone, Quotation] | None, reports: tuple[Report, ...]) -> int | None:
    """Rule 4: who spoke last, in the paragraph of `zone` or in the last sentence of the one before."""
    report = next((r for r in reversed(reports) if r.speaker is not None), None)
    floor = before[0].end if before is not None else 0
    if before is not None and before[0].paragraph == zone.paragraph and (report is None or report.anchor < floor):
        return before[1].speaker
    if report is None:
        return None if before is None else before[1].speaker
    breaks = sum(token.is_space and "\n" in token.text for token in doc[report.anchor : zone.start])
    if breaks <= 1 and report.anchor >= floor:
        return report.speaker
    if before is not None and (before[1].cue is None or report.anchor <= before[1].cue[1]):
        newlines = sum(token.is_space and "\n" in token.text for token in doc[before[0].end : zone.start])
        return before[1].speaker if newlines <= 1 else None
    return None


def _carried_back(found: list[tuple[Zone, Quotation]]) -> list[Quotation]:
    """A paragraph that opens with quotations without a cue takes the speaker that its first cue names.

    “Nobody asked us. We were told on Monday.” “That is the whole story,” said the mayor.
    """
    quotations = []
    for index, (zone, quotation) in enumerate(found):
        if quotation.speaker is None and quotation.cue is None:
            later = next(
                (q for z, q in found[index + 1 :] if z.paragraph == zone.paragraph and q.speaker is not None), None
            )
            if later is not None:
                quotation = replace(quotation, speaker=later.speaker)
        quotations.append(quotation)
    return quotations
