"""Where things are, and where people live, as noun phrases say it.

"Niles, Ohio"; "a camp in Calais"; "Norman Vaughan, 83, of Trapper Creek"; "Atlanta businessman Neil Estes"; "the
Paris-based group".
"""

from collections.abc import Iterator

from kg.extract.base import Fact, Phrase
from kg.extract.rules.phrases import noun_phrase, phrase
from kg.extract.rules.syntax import words
from kg.extract.rules.typing import noun_type
from kg.extract.scene import Scene
from kg.parse.name_words import noun_class
from kg.parse.spans import Cluster, Span


def location_facts(scene: Scene) -> list[Fact]:
    """Return where things are and people live, as far as noun phrases say it."""
    facts: list[Fact] = []
    for head, span in sorted(scene.mention.items()):
        kind = scene.type_of(head) or ""
        if span.kind == "pronoun":
            continue
        facts += _inside(scene, head)
        if span.kind == "name" and _is(scene, kind, "Place"):
            facts += _contained(scene, head, span)
            facts += _based(scene, head, span)
        if span.kind == "name" and _is(scene, kind, "Organization"):
            facts += _seated(scene, span)
        if span.kind == "name" and _is(scene, kind, "Person"):
            facts += _resident(scene, head, span)
    return [*facts, *_happenings(scene)]


def _happenings(scene: Scene) -> Iterator[Fact]:
    """Yield "the rally | is in | Lyon" for nouns of happenings."""
    for noun in range(scene.tree.n):
        if scene.tree.pos[noun] == "NOUN" and noun not in scene.mention and noun_type(scene, noun) == "Event":
            yield from _inside(scene, noun)


def _is(scene: Scene, kind: str | None, ancestor: str) -> bool:
    return bool(kind) and scene.relations.ontology.is_a(kind or "", ancestor)


def _fact(scene: Scene, rule: str, subject: Phrase, preposition: str, target: int, relation: str) -> Fact:
    return Fact(
        rule,
        target,
        subject,
        (),
        f"be {preposition}",
        phrase(scene, target, joint=False),
        implied=f"is {preposition}",
        relation=relation,
    )


def _contained(scene: Scene, head: int, span: Span) -> Iterator[Fact]:
    """Yield "Niles | is in | Ohio" for two places side by side, the first inside the second."""
    tree = scene.tree
    comma = span.end
    if (
        comma + 1 >= tree.n
        or tree.words[comma] != ","
        or (comma + 1 not in scene.entity and not _starts(scene, comma + 1))
    ):
        return
    other = _starts(scene, comma + 1)
    if other is None or scene.entity.get(other.head) == scene.entity.get(head):
        return
    inner, outer = scene.clusters[scene.entity[head]], scene.clusters[scene.entity[other.head]]
    if not _is(scene, outer.type, "Place"):
        return
    if _holds(scene, inner, outer):
        yield _fact(scene, "location-comma", _name(span), "in", other.head, "locatedIn")


def _holds(scene: Scene, inner: Cluster, outer: Cluster) -> bool:
    """Tell whether the second of two places side by side holds the first, by the gazetteer or else by their kinds."""
    if inner.link is not None and outer.link is not None:
        return outer.link.place.key in inner.link.place.parents
    wide = any(_is(scene, outer.type, kind) for kind in ("Region", "Country"))
    return wide and not any(_is(scene, inner.type, kind) for kind in ("Region", "Country"))


def _starts(scene: Scene, i: int) -> Span | None:
    """Return the name that begins at a token."""
    for k in range(i, min(i + 6, scene.tree.n)):
        span = scene.mention.get(k)
        if span is not None and span.start == i and span.kind == "name":
            return span
    return None


def _name(span: Span) -> Phrase:
    return Phrase(span.start, span.end, span.head)


def _inside(scene: Scene, head: int) -> Iterator[Fact]:
    """Yield "a camp | is in | Calais" for a noun with a preposition of place; an organization is based there."""
    tree = scene.tree
    kind = noun_type(scene, head)
    for k in tree.kids[head]:
        if tree.dep[k] != "prep" or k < head or tree.lower[k] not in words("prepositions", "located"):
            continue
        if kind == "Event" and tree.lower[k] == "on":
            continue  # "an attack on the village" says whom, not where
        if _is(scene, kind, "Person") and head in scene.mention and scene.mention[head].kind == "name":
            continue  # "met Ann Lee in Edinburgh" says where they met
        if _is(scene, kind, "Actor") and _suffering(scene, head):
            continue  # "the poisoning of a spy in Salisbury" says where the poisoning was
        inner = tree.child(k, "pobj")
        if (
            inner is None
            or not _is(scene, scene.type_of(inner), "Place")
            or scene.entity.get(inner) == scene.entity.get(head)
        ):
            continue
        named = head in scene.mention and scene.mention[head].kind == "name"
        relation = "basedIn" if named and _is(scene, kind, "Organization") else "locatedIn"
        start, end = noun_phrase(tree, head, joint=False)
        subject = Phrase(start, max(min(end, k), head + 1), head)
        for place in tree.conjuncts(inner):
            if place in scene.entity:
                yield _fact(scene, "location-preposition", subject, tree.lower[k], place, relation)


def _seated(scene: Scene, span: Span) -> Iterator[Fact]:
    """Yield "Acme Co. | is of | Franklin Lakes", as reporters say where a firm has its seat."""
    tree, i = scene.tree, span.end
    place = _starts(scene, i + 1) if i < tree.n and tree.lower[i] == "of" else None
    if place is not None and any(_is(scene, scene.type_of(place.head), kind) for kind in ("City", "Region")):
        yield _fact(scene, "location-seat", _name(span), "of", place.head, "basedIn")


def _suffering(scene: Scene, head: int) -> bool:
    """Tell whether a noun only says whom a happening befell: "the poisoning of | a spy and his daughter"."""
    tree = scene.tree
    while tree.dep[head] == "conj":
        head = tree.head[head]
    preposition = tree.head[head]
    if tree.dep[head] != "pobj" or tree.pos[tree.head[preposition]] != "NOUN":
        return False
    upper = tree.head[preposition]
    return noun_type(scene, upper) == "Event" or tree.lower[upper].endswith("ing")


def _based(scene: Scene, head: int, span: Span) -> Iterator[Fact]:
    """Yield "group | is based in | Paris" for "the Paris-based group"."""
    tree = scene.tree
    if span.end + 1 >= tree.n or tree.lower[span.end + 1] not in ("based", "headquartered"):
        return
    owner = tree.head[span.end + 1]
    if owner > span.end and owner in scene.entity and _is(scene, scene.type_of(owner), "Actor"):
        relation = "basedIn" if _is(scene, scene.type_of(owner), "Organization") else "livesIn"
        yield _fact(scene, "location-based", _name(scene.mention[owner]), "based in", head, relation)


def _affiliated(scene: Scene, head: int, span: Span) -> Iterator[Fact]:
    """Yield whom somebody works for, as reporters give their sources: "Ann Lee of The Daily News"."""
    tree, i = scene.tree, span.end
    while i < tree.n and i < span.end + 2 and tree.words[i] == ",":
        i += 1
    if i >= tree.n or tree.lower[i] != "of":
        return
    inner = tree.child(i, "pobj")
    described = next((k for k in tree.kids[inner] if tree.dep[k] == "appos"), None) if inner is not None else None
    name = _starts(scene, i + 1) or _starts(scene, i + 2)
    if name is None and described is not None and tree.pos[described] == "PROPN":
        name = scene.mention.get(described)  # "of the conservative party | Orden y Patria"
    if name is None or not _is(scene, scene.type_of(name.head), "Organization"):
        return
    party = _is(scene, scene.type_of(name.head), "PoliticalParty")
    relation = "memberOf" if party else "worksFor"
    yield _fact(scene, "affiliation", _name(span), tree.lower[i], name.head, relation)


def _resident(scene: Scene, head: int, span: Span) -> Iterator[Fact]:
    """Yield where somebody lives: "Norman Vaughan, 83, of Trapper Creek"; "Atlanta businessman Neil Estes"."""
    tree, i = scene.tree, span.end
    while i < tree.n and i < span.end + 4 and (tree.words[i] == "," or tree.pos[i] == "NUM"):
        i += 1
    if i > span.end and i < tree.n and tree.lower[i] in ("of", "from"):
        place = _starts(scene, i + 1)
        if place is not None and _is(scene, scene.type_of(place.head), "Place"):
            yield _fact(scene, "residence", _name(span), tree.lower[i], place.head, "livesIn")
    yield from _affiliated(scene, head, span)
    noun = span.start - 1
    described = noun > 0 and tree.pos[noun] == "NOUN" and noun_class(tree.lower[noun]) == "Person"
    if described and not scene.relations.by_role_noun(tree.lemma[noun]) and noun - 1 in scene.mention:
        place = scene.mention[noun - 1]
        if place.kind == "name" and _is(scene, scene.type_of(place.head), "Place"):
            yield _fact(scene, "residence", _name(span), "from", place.head, "livesIn")
