"""Clauses and phrases that report: "the minister said", "according to police", "his claim that".

The words and what they can do are in `lang/en/reporting.tsv`. The speaker is looked for along the parse: the subject,
also the one of the clause that a participle or an infinitive hangs on ("he refused, saying …"), the antecedent of a
relative clause, the owner of a noun ("the minister's claim that").
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Token

from kg import resources
from kg.extract.quotation import Report

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CUE_CHILDREN = frozenset({"aux", "auxpass", "neg", "prt"})
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Word:
    """One row of `reporting.tsv`."""

    lemma: str
    part: str
    force: str
    quote: int
    frames: frozenset[str]
    marks: frozenset[str]


@cache
def words(language: str = "en") -> dict[tuple[str, str], Word]:
    """(lemma, part) → row of the table of reporting words."""
    rows = {}
    for row in resources.table(language, "reporting.tsv"):
        lemma, part, force, quote, frames, marks = (*row, "", "")[:6]
        sets = (frozenset(cell.split(",")) - {""} for cell in (frames, marks))
        rows[lemma, part] = Word(lemma, part, force, int(quote), *sets)
    return rows


@cache
def _hashes(language: str) -> np.ndarray:
    return np.array(
        sorted({hash_string(lemma) for lemma, part in words(language) if part in {"verb", "noun"}}), dtype=np.uint64
    )


def find_reports(doc: Doc) -> tuple[Report, ...]:
    """Every reporting verb, reporting noun and "according to" of the text, in order.

    "Aid groups denied the claim that police had lied." → denied (groups), claim (no speaker)
    """
    lemmas = doc.to_array("LEMMA")
    candidates = np.nonzero(np.isin(lemmas, _hashes(doc.lang_ or "en")))[0]
    accords = np.nonzero(lemmas == np.uint64(hash_string("accord")))[0]
    reports = []
    for index in sorted({*candidates.tolist(), *accords.tolist()}):
        token = doc[index]
        report = _according(token) or _report(token)
        if report is not None:
            reports.append(report)
    return tuple(reports)


def _report(token: Token) -> Report | None:
    table = words()
    verbal = token.pos_ in {"VERB", "AUX"} and token.tag_[:2] == "VB"
    word = table.get((token.lemma_, "verb" if verbal else "noun"))
    if word is None or (not verbal and token.pos_ != "NOUN") or token.dep_ in {"aux", "amod", "compound"}:
        return None
    if "it" in word.frames and not any(c.lower_ in {"it", "that", "this"} and c.dep_ == "dobj" for c in token.children):
        return None
    speaker = _speaker_of_verb(token, 0) if verbal else _speaker_of_noun(token)
    cue = _cue(token) if verbal else (token.i, token.i + 1)
    first, last = cue[0], cue[1] - 1
    if verbal and speaker is not None and speaker.head == token:
        first, last = min(first, speaker.left_edge.i), max(last, speaker.right_edge.i)
    return Report(
        anchor=token.i,
        verb=token.i,
        speaker=None if speaker is None else speaker.i,
        cue=cue,
        first=first,
        last=last,
        force=word.force,
        quote=word.quote,
        frames=word.frames,
        negative="negative" in word.marks,
        factive="factive" in word.marks,
    )


def _according(token: Token) -> Report | None:
    """The report of "according to X": the object of the preposition speaks."""
    doc = token.doc
    if token.lower_ != "according" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    preposition = doc[token.i + 1]
    source = next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)
    if source is None:
        source = next((c for c in token.children if c.dep_ in {"pobj", "dobj"} and c.i > preposition.i), None)
    if source is not None and source.pos_ == "VERB" and source.right_edge.pos_ in {"NOUN", "PROPN"}:
        source = source.right_edge
    if source is None or source.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
        return None
    return Report(
        anchor=token.i,
        verb=None,
        speaker=source.i,
        cue=(token.i, token.i + 2),
        first=token.i,
        last=_end_of_source(source),
        force="say",
        quote=2,
        frames=frozenset({"according"}),
    )


def _end_of_source(source: Token) -> int:
    """Last token of whom "according to" names; the parser lets it swallow the sentence behind a comma."""
    comma = next((t for t in source.doc[source.i : source.right_edge.i] if t.text == ","), None)
    if comma is None:
        return source.right_edge.i
    apposed = next((c for c in source.children if c.dep_ == "appos" and c.left_edge.i == comma.i + 1), None)
    if apposed is not None and apposed.right_edge.i + 1 < len(source.doc):
        closing = next((t for t in source.doc[comma.i + 1 : source.right_edge.i] if t.text == ","), None)
        behind = source.doc[apposed.right_edge.i + 1]
        if closing is not None or behind.text == ",":
            return (closing or behind).i - 1
    return comma.i - 1


def _cue(verb: Token) -> tuple[int, int]:
    """The verb group: "has not yet said" → the tokens from "has" to "said"."""
    start, end = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in _CUE_CHILDREN and child.i < verb.i and verb.i - child.i <= 4:
            start = min(start, child.i)
        elif child.dep_ == "prt" and child.i == end:
            end += 1
    between = verb.doc[start : verb.i]
    if any(token.is_punct for token in between):
        start = verb.i
    return start, end


def _speaker_of_verb(verb: Token, depth: int) -> Token | None:
    if depth > _DEPTH:
        return None
    passive = None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return _antecedent(child, verb)
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ in _PASSIVE_SUBJECTS:
            passive = child
    if passive is not None or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "relcl"}):
        return None
    return _inherited_subject(verb, depth)


def _antecedent(subject: Token, verb: Token) -> Token | None:
    """Who a relative pronoun stands for; None for the "it" of "it is said that"."""
    if verb.dep_ == "relcl" and subject.lower_ in _RELATIVE:
        return verb.head
    if subject.lower_ in {"it", "there"} and subject.dep_ == "expl":
        return None
    name = next((c for c in subject.children if c.dep_ == "conj"), None)
    if name is not None and name.ent_type_ == "PERSON" and subject.tag_ in {"NN", "JJ"}:
        titled = any(child.dep_ == "compound" and child.pos_ == "NOUN" for child in name.children)
        if titled and not _has_article(subject, name):
            return name
    if subject.lower_ == "who" and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return verb.head.head
    return subject


def _has_article(*nouns: Token) -> bool:
    """Whether a noun has a determiner; without one "author and activist Jane Doe" is one person."""
    return any(child.dep_ in {"det", "poss"} for noun in nouns for child in noun.children)


def _inherited_subject(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head.i == verb.i:
        return _inverted_subject(verb)
    if verb.dep_ in {"acl", "relcl"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        if verb.tag_ == "VBG" and verb.i > 0 and verb.doc[verb.i - 1].text == ",":
            return _subject_above(head, depth) or head
        return head
    if verb.dep_ in {"xcomp", "ccomp"} and verb.tag_ == "VB" and head.lemma_ != "promise":
        controller = next((c for c in head.children if c.dep_ == "dobj" and head.i < c.i < verb.i), None)
        if controller is not None:
            return controller
    if reports_on(verb, head.head):
        return _speaker_of_verb(head.head, depth + 1)
    if verb.dep_ in {"pcomp", "advcl", "xcomp", "ccomp", "conj", "dep"}:
        while head.dep_ in {"prep", "mark"} and head.head.i != head.i:
            head = head.head
        if verb.i < head.i and head.head.i < verb.i and any(t.is_quote for t in verb.doc[verb.i : head.i]):
            head = head.head
        if head.pos_ in {"VERB", "AUX"}:
            return _speaker_of_verb(head, depth + 1) or _inverted_subject(verb)
        if head.pos_ in {"NOUN", "PROPN"} and verb.dep_ in {"pcomp", "conj"}:
            return _speaker_of_noun(head)
    return _inverted_subject(verb)


def reports_on(verb: Token, above: Token) -> bool:
    """Whether a verb that the parser coordinated with what is reported goes on with the reporting clause `above`.

    "The minister said the plan was a mistake and promised a new one": the minister promised. With a pronoun for a
    subject ("said she was ill and asked for help") it may be either, and the parser is believed.
    """
    head = verb.head
    if verb.dep_ != "conj" or head.dep_ != "ccomp" or head.head.i != above.i or verb.tag_ != above.tag_:
        return False
    if any(child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS for child in verb.children):
        return False
    subject = next((c for c in head.children if c.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS), None)
    return subject is not None and subject.pos_ != "PRON"


def _subject_above(noun: Token, depth: int) -> Token | None:
    """Who speaks in ", adding that" behind an object: the subject of the clause, not the object."""
    verb = noun
    for _ in range(_DEPTH):
        verb = verb.head
        if verb.pos_ in {"VERB", "AUX"}:
            return _speaker_of_verb(verb, depth + 1)
    return None


def _inverted_subject(verb: Token) -> Token | None:
    """Ms Ortega in “…,” said Ms Ortega: what the parser took for an object right behind the verb."""
    follows = next((c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "attr", "npadvmod", "appos"}), None)
    if follows is not None and follows.left_edge.i == verb.i + 1 and follows.pos_ in {"PROPN", "NOUN", "PRON"}:
        return follows
    return None


def _speaker_of_noun(noun: Token) -> Token | None:
    """The minister of "the minister's claim", "a claim by the minister", "the minister made the claim".

    Of "the minister said in a statement that" too.
    """
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            owner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if owner is not None and (owner.pos_ in {"PROPN", "PRON"} or child.lower_ != "of"):
                return owner
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with"} else None
    if above is not None and above.pos_ == "VERB" and (above.lemma_, "verb") in words():
        return _speaker_of_verb(above, 1)
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" and noun.head.lemma_ in _light_verbs():
        return _speaker_of_verb(noun.head, 1)
    return None


def is_source(token: Token) -> bool:
    """Whether a word can stand for who says so before a colon: a person, an organization, "police", "poll"."""
    if token.ent_type_ in {"PERSON", "ORG"}:
        return True
    return (token.lemma_.lower(), "source") in words()


@cache
def _light_verbs() -> frozenset[str]:
    return frozenset(lemma for (lemma, part), _ in words().items() if part == "light")
