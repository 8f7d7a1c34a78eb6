"""Who says what: speakers joined with entities, facts with the quotation that they stand in."""

from dataclasses import replace

from kg.extract.base import Fact
from kg.extract.quotes import Quotation
from kg.extract.scene import Scene
from kg.parse.spans import Span

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})


def join_speakers(scene: Scene) -> Scene:
    """Return the scene with the first person of direct quotations joined with the speaker: "I", said Brin → Brin."""
    tree = scene.tree
    clusters = list(scene.clusters)
    entity, mention = dict(scene.entity), dict(scene.mention)
    for quotation in scene.quotations:
        speaker = entity.get(quotation.speaker) if quotation.speaker is not None else None
        if not quotation.direct or speaker is None or clusters[speaker].type != "Person":
            continue
        for i in range(*quotation.content):
            if tree.lower[i] in FIRST_PERSON and tree.pos[i] == "PRON" and i not in mention:
                span = Span(i, i + 1, i, "pronoun", "Person")
                entity[i], mention[i] = speaker, span
                spans = sorted((*clusters[speaker].spans, span), key=lambda s: (s.start, s.end))
                clusters[speaker] = replace(clusters[speaker], spans=tuple(spans))
    return replace(scene, clusters=tuple(clusters), entity=entity, mention=mention)


def attribution(scene: Scene, fact: Fact) -> int | None:
    """Return the cluster of who says the fact; None: the document itself.

    The nearest quotation around the word that carries the fact counts. Titles and appositions in indirect speech are
    the narrator's words.
    """
    inside = [q for q in scene.quotations if _within(fact, q)]
    if not inside:
        return None
    nearest = min(inside, key=lambda q: (q.content[1] - q.content[0], q.content))
    if fact.rule.startswith("role") and fact.rule != "role-copula" and not nearest.direct:
        return None
    return scene.entity.get(nearest.speaker) if nearest.speaker is not None else None


def _within(fact: Fact, quotation: Quotation) -> bool:
    return quotation.content[0] <= fact.anchor < quotation.content[1] and quotation.verb != fact.anchor
