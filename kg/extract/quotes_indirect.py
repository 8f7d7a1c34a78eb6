"""Indirect speech: what somebody is said to have said, thought, wanted or ordered.

- clauses: "said (that) the camp was closed", "accused the mayor of lying", "his claim that …"
- infinitives: "urged them to leave", "promised to leave"
- phrases: "called for an inquiry", "denied the claim"
- parentheses: "The camp was closed, officials said", "The camp, she noted, is closed"
- "according to officials": the sentence without the phrase
"""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.quotation import Quotation, Report, Shape, make_quotation
from kg.extract.quotes_extent import own_end, to_closing_mark, trim

_CLOSING = frozenset({"”", '"', "''", "’", "'", "»"})
_ADJUNCTS = frozenset({"npadvmod", "prep", "pobj", "det", "amod", "compound", "nummod", "advmod", "poss", "case"})
_HEARER = frozenset({"dobj", "dative"})
_GOES_ON = frozenset({"while", "but", "although", "though", "whereas", "and", "which", "who", "as", "yet"})
_FIRST_PERSON = frozenset({"i", "we", "you"})
_UNREAL = frozenset({"would", "could", "can", "ca", "might", "may", "should", "must"})
_INNER = frozenset({"think", "know", "want", "plan", "find", "ask"})
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Content:
    """A candidate: its tokens, the reporting clause inside it, its shape."""

    start: int
    end: int
    shape: Shape = "clause"
    clause: tuple[int, int] | None = None


def indirect_quotations(
    doc: Doc, reports: tuple[Report, ...], taken: tuple[Quotation, ...], marked: tuple[tuple[int, int], ...] = ()
) -> tuple[Quotation, ...]:
    """What `reports` say in indirect speech.

    `taken` are the direct quotations, which need no second reading; `marked` are the tokens of all quotation marks.
    """
    found: list[Quotation] = []
    spans = [quotation.content for quotation in taken]
    anchors = {report.anchor for report in reports if report.verb is not None}
    for report in reports:
        if not _reports(doc, report, spans):
            continue
        for content in _contents(doc, report):
            inside = [mark for mark in marked if content.start <= mark[0] < content.end]
            outside = anchors - {i for mark in inside for i in range(*mark)} if inside else anchors
            span = trim(doc, content.start, own_end(doc, (content.start, content.end), report, outside))
            span = None if span is None else to_closing_mark(span, inside)
            if span is None or _covered(span, report, spans) or _quoted_already(span, report, taken):
                continue
            found.append(make_quotation(doc, span, report, clause=content.clause, shape=content.shape))
    return tuple(found)


def _reports(doc: Doc, report: Report, spans: list[tuple[int, int]]) -> bool:
    """Whether somebody's words or thoughts are told, and not asked for, wished for or denied.

    Not "would say", "hard to tell whether", "did not know"; inside a direct quotation only what others say, not "I
    think".
    """
    if report.verb is None:
        return True
    verb = doc[report.verb]
    if any(start <= report.anchor < end for start, end in spans):
        personal = report.speaker is None or doc[report.speaker].lower_ in _FIRST_PERSON
        if report.force in _INNER or personal:
            return False
    if verb.pos_ not in {"VERB", "AUX"}:
        return True
    if any(child.dep_ == "aux" and child.lower_ in _UNREAL for child in verb.lefts):
        return False
    if verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts) and verb.dep_ != "xcomp":
        return False
    if report.force not in _INNER:
        return True
    lefts = {child.lower_ for child in verb.lefts if child.dep_ in {"aux", "neg"}}
    if report.force in {"know", "find", "ask"} and "to" in lefts:
        return False
    return report.force != "know" or not lefts & {"not", "n't", "n’t"}


def _contents(doc: Doc, report: Report) -> list[Content]:
    if report.verb is None:
        return _according_content(doc, report)
    verb = doc[report.verb]
    contents = [c for child in _children(verb, report) if (c := _complement(child, verb, report)) is not None]
    if any(c.shape == "infinitive" for c in contents) or any(child.dep_ == "neg" for child in verb.lefts):
        contents = [c for c in contents if c.shape != "phrase"]
    behind = [c for c in contents if c.start > report.anchor and c.shape == "clause"]
    if behind:
        return [c for c in contents if c.start > report.anchor]
    if not contents and report.speaker is not None and report.force != "describe":
        content = _parenthesis_content(doc, report)
        if content is not None:
            return [content]
    return contents


def _children(verb: Token, report: Report) -> list[Token]:
    """Children of a reporting word, and a "that" clause that the parser hung on its hearer ("told a group that …")."""
    children = list(verb.children)
    for child in verb.children if "object" in report.frames else ():
        if child.dep_ in {"dobj", "dative"} and child.i > verb.i:
            children += [c for c in child.children if c.dep_ in {"relcl", "acl"} and _has_that(c)]
    return children


def _complement(child: Token, verb: Token, report: Report) -> Content | None:
    """The content that a child of a reporting word is, if it is one."""
    frames = report.frames
    to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
    if to and child.dep_ in {"ccomp", "advcl"} and "for" in frames and _for_whom(child):
        return Content(_for_whom(child), child.right_edge.i + 1, "infinitive")
    if child.dep_ == "ccomp" or (child.dep_ in {"acl", "relcl"} and _has_that(child)) or _bare_clause(child, verb):
        if child.tag_ == "VB" and to:
            return _infinitive(child, verb, report) if frames & {"to", "object"} else None
        return _clause(child, report) if "that" in frames and child.pos_ != "ADV" else None
    if child.dep_ in {"xcomp", "advcl"} and to and child.i > verb.i:
        wanted = "object" in frames if child.dep_ == "advcl" else frames & {"to", "object"}
        return _infinitive(child, verb, report) if wanted else None
    if child.dep_ == "acl" and to and "to" in frames and verb.pos_ == "NOUN" and report.speaker is not None:
        return _infinitive(child, verb, report)
    if child.dep_ == "xcomp" and child.tag_ == "VBG" and "gerund" in frames:
        return _clause(child, report)
    if child.dep_ == "prep" and child.i > report.anchor:
        return _prepositional(child, report)
    if child.dep_ == "dobj" and "noun" in frames and child.i > verb.i and child.pos_ in {"NOUN", "PROPN"}:
        if not _says_something(child) or report.speaker is None:
            return None
        return Content(child.left_edge.i, child.right_edge.i + 1, "phrase")
    return None


def _bare_clause(child: Token, verb: Token) -> bool:
    """Whether it is reported though parsed as an adverbial clause: "said after the vote he would resign"."""
    if child.dep_ != "advcl" or child.i < verb.i or child.left_edge.i < verb.i:
        return False
    if any(c.dep_ in {"mark", "advmod"} and c.i < child.i and c.tag_ in {"IN", "WRB"} for c in child.children):
        return False
    finite = child.tag_ in {"VBD", "VBZ", "VBP"} or any(c.tag_ in {"MD", "VBZ", "VBP", "VBD"} for c in child.lefts)
    return finite and any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in child.lefts)


def _for_whom(child: Token) -> int:
    """Offset of the subject in "called for the camp to be closed", 0 without one."""
    mark = next((c for c in child.lefts if c.dep_ == "mark" and c.lower_ == "for"), None)
    return mark.i + 1 if mark is not None else 0


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _prepositional(preposition: Token, report: Report) -> Content | None:
    """As in "accused the mayor of lying", "complained about being left alone", "called for an inquiry"."""
    gerund = next((c for c in preposition.children if c.dep_ == "pcomp"), None)
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    word = preposition.lower_
    if any(c.dep_ == "nsubjpass" for c in preposition.head.children):
        return None
    if gerund is not None and (word in report.frames or ("gerund" in report.frames and word in {"for", "about"})):
        return Content(gerund.left_edge.i, gerund.right_edge.i + 1)
    if noun is not None and report.frames & ({"on-object"} if word == "on" else {"for"} if word == "for" else set()):
        action = next((c for c in preposition.head.children if c.dep_ == "xcomp" and c.i > noun.i), None)
        if action is not None:
            return Content(noun.left_edge.i, action.right_edge.i + 1, "infinitive")
    if noun is not None and word in report.frames and _says_something(noun) and report.speaker is not None:
        return Content(noun.left_edge.i, noun.right_edge.i + 1, "phrase")
    return None


def _says_something(noun: Token) -> bool:
    """Whether a phrase is more than a name: "called for calm", "criticized the police", not "criticized Ortega"."""
    words = noun.right_edge.i - noun.left_edge.i + 1
    return words > _SHORT or (words == _SHORT and noun.pos_ == "NOUN")


def _infinitive(child: Token, verb: Token, report: Report) -> Content | None:
    """As in "promised to leave", "urged the migrants to leave"."""
    start, end = child.left_edge.i, child.right_edge.i + 1
    if start < verb.i:
        return None
    target = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i), None)
    if target is not None and "object" not in report.frames:
        return None
    passive = any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children)
    if passive or (target is None and child.dep_ == "advcl"):
        return None
    return Content(start if target is None else min(start, target.left_edge.i), end, "infinitive")


def _clause(child: Token, report: Report) -> Content | None:
    start, end = child.left_edge.i, child.right_edge.i + 1
    if end - start <= _SHORT and child.pos_ == "AUX":
        return None
    if start > report.anchor:
        return Content(start, end)
    if any(c.dep_ in {"mark", "advmod"} and c.i == start and c.tag_ in {"WRB", "IN"} for c in child.lefts):
        return None
    if end <= min(report.first, report.cue[0]) + 1:
        doc = child.doc
        whole = doc[report.anchor].sent.start if _after_comma(doc, report.first) else start
        return Content(min(start, whole), min(end, report.first))
    if start < report.first and end > report.last:
        return Content(start, end, "clause", (report.first, report.last + 1))
    return Content(start, report.first) if start < report.first else None


def _parenthesis_content(doc: Doc, report: Report) -> Content | None:
    """What stands before "…, officials said." and "…, said officials." where the parse gives the verb no complement."""
    if "that" not in report.frames or report.quote < 1 or not _after_comma(doc, report.first):
        return None
    sentence = doc[report.anchor].sent
    adjuncts = _ADJUNCTS | _HEARER if "object" in report.frames else _ADJUNCTS
    following = next((t for t in doc[report.last + 1 : sentence.end] if t.dep_ not in adjuncts), None)
    if following is not None and not (following.is_punct or following.is_space):
        return None
    if following is None or following.text in {".", ";"} or following.is_space or following.i + 1 >= sentence.end:
        return Content(sentence.start, report.first)
    return Content(sentence.start, sentence.end, "clause", (report.first, following.i))


def _after_comma(doc: Doc, index: int) -> bool:
    """Whether a comma stands before a token, perhaps inside a closing quotation mark."""
    index -= 1
    if index > 0 and doc[index].text in _CLOSING:
        index -= 1
    return index > 0 and doc[index].text == ","


def _according_content(doc: Doc, report: Report) -> list[Content]:
    sentence = doc[report.anchor].sent
    start, end = sentence.start, sentence.end
    after = report.last + 1
    if report.anchor - start <= 1:
        return [Content(after, end)]
    rest = [t for t in doc[after:end] if not (t.is_punct or t.is_space)]
    if not rest or (rest[0].lower_ in _GOES_ON and doc[after].text == ","):
        return [Content(start, report.anchor)]
    return [Content(start, end, "clause", (report.anchor, after))]


def _quoted_already(span: tuple[int, int], report: Report, taken: tuple[Quotation, ...]) -> bool:
    """Whether the clause introduces a direct quotation in the same stretch: the rest of it is the writer's."""
    return any(q.verb == report.verb and q.content[0] < span[1] and span[0] < q.content[1] for q in taken if q.cue)


def _covered(span: tuple[int, int], report: Report, taken: list[tuple[int, int]]) -> bool:
    """Whether a direct quotation already holds most of what the clause outside it reports."""
    for start, end in taken:
        if start <= report.anchor < end:
            continue
        common = min(end, span[1]) - max(start, span[0])
        if common > 0 and common * 2 > span[1] - span[0]:
            return True
    return False
