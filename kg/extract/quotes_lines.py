"""Lines that name their speaker: transcripts ("ORTEGA: We go on.") and headlines ("Police: camp was cleared by night")."""

import re
from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from kg.extract.quotation import Quotation, make_quotation
from kg.extract.reporting import is_source

_TRANSCRIPT = re.compile(r"^[\"“]?(?P<name>[A-Z][A-Z.'’\- ]{2,40}?):[ \t\u00a0]+(?P<said>\S[^\n]*)", re.MULTILINE)
_HEADLINE = re.compile(r"^(?P<name>[A-Z][\w.'’\- ]{1,40}?):[ \t]+(?P<said>[A-Z‘“'\"][^\n]{12,})", re.MULTILINE)
_LONGEST_NAME = 5
_LONGEST_HEADLINE = 160


def line_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of transcripts and headlines.

    "Minister: School buses will run again" at the head of an article → "School buses will run again" (Minister)
    """
    text = doc.text
    if ":" not in text:
        return ()
    offsets = [token.idx for token in doc]
    found = [_quotation(doc, offsets, match, direct=True) for match in _TRANSCRIPT.finditer(text)]
    first_line = text[: text.find("\n")] if "\n" in text else text
    headline = _HEADLINE.match(first_line[:_LONGEST_HEADLINE])
    if headline is not None and len(first_line) <= _LONGEST_HEADLINE and not found:
        found.append(_quotation(doc, offsets, headline, direct=False))
    return tuple(quotation for quotation in found if quotation is not None)


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
