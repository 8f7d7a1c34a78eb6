"""Who says what: speakers joined with entities, facts with the quotation that they stand in."""

from dataclasses import replace

from kg.extract import reporting
from kg.extract.base import Fact
from kg.extract.quotes import Quotation
from kg.extract.rules.phrases import noun_phrase
from kg.extract.rules.subjects import subjects
from kg.extract.rules.typing import noun_type
from kg.extract.scene import Scene
from kg.model import MentionKind
from kg.parse.spans import Cluster, Span

PRESUPPOSED = frozenset({
    "role-title", "role-apposition", "role-possessive", "description-title", "description-apposition", "nationality",
    "clause-participle", "location-comma", "location-based", "residence", "affiliation",
})  # fmt: skip
REPORTED = frozenset({"say", "claim", "deny", "think"})
FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})


def join_speakers(scene: Scene) -> Scene:
    """Return the scene with a cluster for every speaker, and the first person of direct quotations joined with it.

    "I", said Brin → Brin. A speaker that is no mention yet ("British figures") becomes one, so that what is said is
    never told in the narrator's voice.
    """
    clusters = list(scene.clusters)
    entity, mention = dict(scene.entity), dict(scene.mention)
    for quotation in scene.quotations:
        if quotation.speaker is None:
            continue
        if quotation.speaker not in entity:
            span = _speaker(scene, quotation.speaker)
            entity[span.head], mention[span.head] = len(clusters), span
            clusters.append(Cluster(scene.tree.text(span.start, span.end), span.type, (span,)))
        speaker = entity[quotation.speaker]
        if quotation.direct and clusters[speaker].type == "Person":
            for i in _first_person(scene, quotation):
                if i not in mention:
                    span = Span(i, i + 1, i, "pronoun", "Person")
                    entity[i], mention[i] = speaker, span
                    spans = sorted((*clusters[speaker].spans, span), key=lambda s: (s.start, s.end))
                    clusters[speaker] = replace(clusters[speaker], spans=tuple(spans))
    return replace(scene, clusters=tuple(clusters), entity=entity, mention=mention)


def _speaker(scene: Scene, head: int) -> Span:
    """Return the mention around a speaker's head word; its article is no part of the name."""
    tree = scene.tree
    start, end = noun_phrase(tree, head, joint=False)
    while start < head and tree.dep[start] == "det":
        start += 1
    kind: MentionKind = "pronoun" if tree.pos[head] == "PRON" else "name" if tree.pos[head] == "PROPN" else "nominal"
    return Span(start, end, head, kind, noun_type(scene, head) or "Entity")


def _first_person(scene: Scene, quotation: Quotation) -> list[int]:
    tree = scene.tree
    return [i for i in range(*quotation.content) if tree.lower[i] in FIRST_PERSON and tree.pos[i] == "PRON"]


def attribution(scene: Scene, fact: Fact) -> int | None:
    """Return the cluster of who says the fact; None: the document itself.

    The nearest quotation around the word that carries the fact counts. What indirect speech takes for granted, in
    titles, appositions and modifiers of nouns, is the narrator's: "She said the firm, founded by X, had lied".
    """
    inside = _around(scene, fact)
    if not inside:
        return _governor(scene, fact) if fact.rule.startswith("clause") else None
    nearest = min(inside, key=lambda q: (q.content[1] - q.content[0], q.content))
    if fact.rule in PRESUPPOSED and not nearest.direct:
        return None
    return scene.entity.get(nearest.speaker) if nearest.speaker is not None else None


def _governor(scene: Scene, fact: Fact) -> int | None:
    """Return who reports a clause that is too short for a quotation: "the mayor denied | receiving money"."""
    tree, i = scene.tree, fact.anchor
    while tree.head[i] in fact.words and tree.head[i] != i:
        i = tree.head[i]
    verb = tree.head[i]
    row = reporting.words().get((tree.lemma[verb], "verb"))
    if tree.dep[i] not in ("ccomp", "xcomp") or row is None or row.force not in REPORTED or "factive" in row.marks:
        return None
    if not row.frames & {"that", "gerund"}:
        return None
    speakers = subjects(tree, verb)[0]
    return scene.entity.get(speakers[0]) if speakers else None


def hedged(scene: Scene, fact: Fact) -> Fact:
    """Return a fact of a quotation or report whose speaker the text does not name as only possible."""
    unnamed = any(q.speaker is None for q in _around(scene, fact))
    return replace(fact, modality="possible") if unnamed and fact.modality == "asserted" else fact


def _around(scene: Scene, fact: Fact) -> list[Quotation]:
    """Return the quotations and reports that a fact is part of, what is known to be so left out: "admitted that"."""
    stated = (q for q in scene.quotations if q.shape in ("quote", "clause") and not q.factive)
    return [q for q in stated if _within(fact, q)]


def _within(fact: Fact, quotation: Quotation) -> bool:
    inside = quotation.content[0] <= fact.anchor < quotation.content[1]
    return inside and quotation.verb != fact.anchor and quotation.verb not in fact.words
