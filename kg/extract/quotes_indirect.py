"""Indirect speech: the clauses that say what somebody said, thought, wanted or ordered.

- complements: "said (that) the camp was closed", "urged them to leave", "accused the mayor of lying", "his claim that
  …"
- parentheses: "The camp was closed, officials said", "The camp, she noted, is closed"
- "according to officials": the sentence without the phrase
"""

from spacy.tokens import Doc, Token

from kg.extract.quotation import Quotation, Report, make_quotation

_TRIM_END = frozenset({",", ".", ";", ":", "-", "—", "–", "--", "!", "and", "but"})
_TRIM_START = frozenset({",", ";", ":", "-", "—", "–", "--", "and", "but", "as", "while", "so"})
_SHORT = 2


def indirect_quotations(doc: Doc, reports: tuple[Report, ...], taken: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """What `reports` say in indirect speech; `taken` are the direct quotations that need no second reading."""
    found: list[Quotation] = []
    spans = [quotation.content for quotation in taken]
    for report in reports:
        for content, clause in _contents(doc, report):
            span = _trim(doc, *content)
            if span is None or _covered(span, report, spans):
                continue
            found.append(make_quotation(doc, span, report, clause=clause))
    return tuple(found)


def _contents(doc: Doc, report: Report) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    if report.verb is None:
        return _according_content(doc, report)
    verb = doc[report.verb]
    complements = [child for child in verb.children if _is_complement(child, report)]
    contents: list[tuple[tuple[int, int], tuple[int, int] | None]] = []
    for child in complements:
        content = _clause_content(child, verb, report)
        if content is not None:
            contents.append(content)
    if not contents and report.speaker is not None and report.force != "describe":
        content = _parenthesis_content(doc, verb, report)
        if content is not None:
            contents.append(content)
    return contents


def _is_complement(child: Token, report: Report) -> bool:
    frames = report.frames
    if child.dep_ == "ccomp" or (child.dep_ == "acl" and _has_that(child)):
        infinitive = child.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if infinitive:
            return bool(frames & {"to", "object"})
        return bool(frames & {"that"}) and child.pos_ != "ADV"
    if child.dep_ == "xcomp":
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children):
            return bool(frames & {"to", "object"})
        return child.tag_ == "VBG" and "gerund" in frames
    if child.dep_ == "prep" and child.i > report.anchor:
        wanted = ("of" in frames and child.lower_ == "of") or ("gerund" in frames and child.lower_ in {"for", "about"})
        return wanted and any(c.dep_ == "pcomp" for c in child.children)
    return False


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _clause_content(child: Token, verb: Token, report: Report) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    if child.dep_ == "prep":
        child = next(c for c in child.children if c.dep_ == "pcomp")
    start, end = child.left_edge.i, child.right_edge.i + 1
    if child.dep_ == "xcomp" and "object" in report.frames:
        target = next((c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and verb.i < c.i < child.i), None)
        if target is not None:
            start = min(start, target.left_edge.i)
    if start > verb.i:
        return (start, end), None
    if end <= min(report.first, report.cue[0]) + 1:
        return (start, min(end, report.first)), None
    if start < report.first and end > report.last:
        return (start, end), (report.first, report.last + 1)
    if start < report.first:
        return (start, report.first), None
    return None


def _parenthesis_content(
    doc: Doc, verb: Token, report: Report
) -> tuple[tuple[int, int], tuple[int, int] | None] | None:
    """What stands before "…, officials said." and "…, said officials." where the parse gives the verb no complement."""
    if report.first == 0 or doc[report.first - 1].text != "," or "that" not in report.frames or report.quote < 1:
        return None
    sentence = doc[report.anchor].sent
    following = next(
        (t for t in doc[report.last + 1 : sentence.end] if t.dep_ not in {"npadvmod", "prep", "pobj"}), None
    )
    if following is not None and not (following.is_punct or following.is_space):
        return None
    if following is None or following.text in {".", ";"} or following.is_space or following.i + 1 >= sentence.end:
        return (sentence.start, report.first), None
    return (sentence.start, sentence.end), (report.first, report.last + 1)


def _according_content(doc: Doc, report: Report) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    sentence = doc[report.anchor].sent
    start, end = sentence.start, sentence.end
    after = report.last + 1
    if report.anchor - start <= 1:
        return [((after, end), None)]
    rest = [t for t in doc[after:end] if not (t.is_punct or t.is_space)]
    if not rest:
        return [((start, report.anchor), None)]
    return [((start, end), (report.anchor, after))]


def _trim(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in _TRIM_END):
        end -= 1
    while start < end and (doc[start].is_space or doc[start].lower_ in _TRIM_START):
        start += 1
    return (start, end) if end - start >= _SHORT else None


def _covered(span: tuple[int, int], report: Report, taken: list[tuple[int, int]]) -> bool:
    """Whether a direct quotation already holds most of what the clause outside it reports."""
    for start, end in taken:
        if start <= report.anchor < end:
            continue
        common = min(end, span[1]) - max(start, span[0])
        if common > 0 and common * 2 > span[1] - span[0]:
            return True
    return False
