"""Lines that name their speaker: transcripts ("ORTEGA: We go on.") and headlines ("Police: camp was cleared")."""

import re
from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from kg.extract.quotation import Quotation, Report, make_quotation
from kg.extract.reporting import is_source

_TRANSCRIPT = re.compile(r"^[\"“]?(?P<name>[A-Z][A-Z.'’\- ]{2,40}?):[ \t\u00a0]+(?P<said>\S[^\n]*)", re.MULTILINE)
_HEADLINE = re.compile(r"^(?P<name>[A-Z][\w.'’\- ]{1,40}?):[ \t]+(?P<said>[A-Z‘“'\"][^\n]{12,})", re.MULTILINE)
_ANNOUNCED = re.compile(r":[ \t]*\n")
_SHORT = 5
_LONGEST_NAME = 5
_LONGEST_HEADLINE = 160


def line_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of transcripts and headlines.

    "Minister: School buses will run again" at the head of an article → "School buses will run again" (Minister)
    """
    text = doc.text
    if ":" not in text:
        return ()
    offsets = doc.to_array("IDX").tolist()
    found = [_quotation(doc, offsets, match, direct=True) for match in _TRANSCRIPT.finditer(text)]
    first_line = text[: text.find("\n")] if "\n" in text else text
    headline = _HEADLINE.match(first_line[:_LONGEST_HEADLINE])
    if headline is not None and len(first_line) <= _LONGEST_HEADLINE and not found:
        found.append(_quotation(doc, offsets, headline, direct=False))
    return tuple(quotation for quotation in found if quotation is not None)


def block_quotations(doc: Doc, reports: tuple[Report, ...]) -> tuple[Quotation, ...]:
    """Paragraphs without marks that a reporting clause announces at the end of the paragraph before.

    "The mayor added:¶¶We shall rebuild the bridge." → "We shall rebuild the bridge." (mayor, added)
    """
    found: list[Quotation] = []
    if _ANNOUNCED.search(doc.text) is None:
        return ()
    for index in range(1, len(doc) - _SHORT):
        if doc[index - 1].text != ":" or "\n" not in doc[index].text:
            continue
        start = index + 1
        end = next((t.i for t in doc[start:] if "\n" in t.text), len(doc))
        report = next(
            (r for r in reversed(reports) if r.anchor < index and r.quote > 1 and r.speaker is not None), None
        )
        if report is None or report.anchor < doc[index - 1].sent.start or doc[start].is_punct or end - start < _SHORT:
            continue
        found.append(make_quotation(doc, (start, end), report, direct=True))
    return tuple(found)


def _is_actor(doc: Doc, index: int) -> bool:
    """Whether the text names somebody with the same word later: headlines have surnames that nobody introduces."""
    word = doc[index]
    return word.pos_ == "PROPN" and any(
        token.orth == word.orth and token.ent_type_ in {"PERSON", "ORG"} for token in doc[index + 1 :]
    )


def _quotation(doc: Doc, offsets: list[int], match: re.Match[str], *, direct: bool) -> Quotation | None:
    """The quotation of a line, when what stands before its colon is somebody who can speak."""
    name = (bisect_left(offsets, match.start("name")), bisect_left(offsets, match.end("name")))
    start, end = bisect_right(offsets, match.start("said")) - 1, bisect_left(offsets, match.end("said"))
    while end > start and doc[end - 1].is_space:
        end -= 1
    if end - start < 2 or not 0 < name[1] - name[0] <= _LONGEST_NAME:
        return None
    speaker = name[1] - 1
    if any(token.pos_ in {"VERB", "AUX"} for token in doc[name[0] : name[1]] if not direct):
        return None
    if not direct and not (is_source(doc[speaker]) or _is_actor(doc, speaker)):
        return None
    quotation = make_quotation(doc, (start, end), None, direct=direct, speaker=speaker)
    last = doc[end - 1]
    return Quotation(
        doc[start].idx,
        last.idx + len(last),
        direct,
        (name[1], name[1] + 1),
        None,
        speaker,
        quotation.content,
        shape=quotation.shape,
    )
