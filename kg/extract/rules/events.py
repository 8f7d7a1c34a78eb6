"""Events as nodes, joined with the clauses that tell them: "dismantled a camp" … "the operation"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.base import Fact
from kg.extract.rules.happenings import words
from kg.extract.rules.phrases import noun_phrase
from kg.extract.scene import Scene
from kg.parse.spans import Cluster, Span

REACH = 4  # sentences between a clause and "the operation" that refers back to it
FAR = 15  # the same for a noun that says what happened: "cleared" … "the evacuation"


@dataclass(slots=True)
class _Event:
    """An event while it is being put together: its mentions, its noun, the relation and patient of that noun."""

    spans: list[Span]
    lemma: str
    relation: str | None = None
    patient: int | None = None


def add_events(scene: Scene, facts: Sequence[Fact]) -> tuple[Scene, tuple[Fact, ...]]:
    """Return the scene with a cluster for each event that a noun refers to, and the facts joined with them."""
    events: list[_Event] = []
    by_noun: dict[int, int] = {}
    bearing = {f.anchor: f for f in facts if f.rule == "happening"}
    for noun in _nouns(scene, facts):
        fact = bearing.get(noun)
        at = _same(scene, noun, fact, events)
        if at is None:
            at = len(events)
            events.append(_Event([], scene.tree.lemma[noun]))
        event = events[at]
        event.spans.append(_span(scene, noun))
        by_noun[noun] = at
        if fact is not None and event.relation is None:
            event.relation = fact.relation
            event.patient = _patient(scene, fact)
    told, same = _told(scene, facts, events)
    return _joined(scene, facts, events, {n: same[at] for n, at in by_noun.items()}, told, same)


def _joined(
    scene: Scene,
    facts: Sequence[Fact],
    events: Sequence[_Event],
    by_noun: dict[int, int],
    told: dict[int, int],
    same: Sequence[int],
) -> tuple[Scene, tuple[Fact, ...]]:
    """Return the scene with a cluster for all events that are the same, and the facts that tell them."""
    clusters = list(scene.clusters)
    entity, mention = dict(scene.entity), dict(scene.mention)
    number: dict[int, int] = {}
    for at in sorted(set(same)):
        alike = [event for event, to in zip(events, same, strict=True) if to == at]
        spans = tuple(sorted((s for event in alike for s in event.spans), key=lambda s: (s.start, s.end)))
        number[at] = len(clusters)
        clusters.append(Cluster(_name(scene, spans), "Event", spans))
        for span in spans:
            entity[span.head], mention[span.head] = number[at], span
    joined = []
    for fact in facts:
        found = by_noun.get(fact.anchor) if fact.rule == "happening" else told.get(fact.anchor)
        if found is None and fact.object is not None and fact.rule.startswith("clause") and fact.relation is not None:
            found = _light(scene, fact, by_noun)
        joined.append(fact if found is None else replace(fact, event=number[found]))
    return replace(scene, clusters=tuple(clusters), entity=entity, mention=mention), tuple(joined)


def _nouns(scene: Scene, facts: Sequence[Fact]) -> list[int]:
    """Return the nouns that refer to happenings: those that bear a fact, and heads of arguments."""
    tree = scene.tree
    heads = {f.anchor for f in facts if f.rule == "happening"}
    for fact in facts:
        for argument in (fact.subject, fact.object, *fact.arguments):
            if argument is not None and argument.claim is None and tree.pos[argument.head] == "NOUN":
                heads.add(argument.head)
    return [h for h in sorted(heads) if h not in scene.entity and _is_event(scene, h)]


def _is_event(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    lemma = tree.lemma[noun]
    if not (lemma in words("generic") or lemma in words("nodes") or scene.relations.by_event_noun(lemma)):
        return False
    if any(tree.dep[k] == "det" and tree.lower[k] in ("no", "any", "every") for k in tree.kids[noun]):
        return False
    if tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] in ("at", "on", "under") and tree.child(noun, "poss"):
        return False  # "on his orders", "at her request" is no happening of its own
    mass = tree.tag[noun] == "NN" and not any(tree.dep[k] in ("det", "poss", "nummod") for k in tree.kids[noun])
    if mass and lemma not in words("nodes"):
        return False
    return noun not in scene.time and tree.dep[noun] not in ("compound", "nmod")


def _span(scene: Scene, noun: int) -> Span:
    start, end = noun_phrase(scene.tree, noun, joint=False)
    return Span(start, end, noun, "nominal", "Event")


def _name(scene: Scene, spans: Sequence[Span]) -> str:
    """Return the fullest phrase for an event: its noun with what stands before it and an "of" after it, no article."""
    tree = scene.tree
    best = max(spans, key=lambda s: (tree.lemma[s.head] not in words("generic"), s.end - s.start, -s.start))
    start, end = best.start, best.head + 1
    while start < best.head and (tree.dep[start] == "det" or tree.pos[start] in ("PUNCT", "SPACE")):
        start += 1
    of = next(
        (k for k in tree.kids[best.head] if tree.dep[k] == "prep" and tree.lower[k] == "of" and k < best.end), None
    )
    inner = tree.child(of, "pobj") if of is not None else None
    if inner is not None:
        end = max(end, min(noun_phrase(tree, inner, joint=False)[1], inner + 1))
    return " ".join(tree.text(start, end).split())


def _definite(scene: Scene, noun: int) -> bool:
    tree = scene.tree
    return any(
        tree.dep[k] == "det" and tree.lower[k] in ("the", "this", "that", "these", "those") for k in tree.kids[noun]
    )


def _bare(scene: Scene, noun: int) -> bool:
    """Tell whether nothing but determiners, dates and short adjectives tells the noun from its like."""
    tree = scene.tree
    return not any(tree.dep[k] in ("prep", "poss", "compound", "relcl", "nmod", "nummod") for k in tree.kids[noun])


def _same(scene: Scene, noun: int, fact: Fact | None, events: Sequence[_Event]) -> int | None:
    """Return the earlier event that a noun takes up again; None for a new one."""
    tree = scene.tree
    if not _definite(scene, noun):
        return None
    for at in range(len(events) - 1, -1, -1):
        event = events[at]
        last = event.spans[-1].head
        if event.lemma == tree.lemma[noun] and tree.tag[noun] == tree.tag[last]:
            patient = _patient(scene, fact) if fact is not None else None
            agree = patient is None or event.patient is None or patient == event.patient
            if agree and (_bare(scene, noun) or patient is not None):
                return at
    if tree.lemma[noun] in words("generic") and _bare(scene, noun) and events:
        last = events[-1].spans[-1].head
        if tree.sent[noun] - tree.sent[last] <= 1 and noun > last:
            return len(events) - 1
    return None


def _patient(scene: Scene, fact: Fact) -> int | None:
    target = fact.subject if fact.inverse else fact.object
    return scene.entity.get(target.head) if target is not None else None


def _told(scene: Scene, facts: Sequence[Fact], events: Sequence[_Event]) -> tuple[dict[int, int], list[int]]:
    """Return the event that each verb tells, and for each event the first one that is the same.

    A verb tells the event of a noun with its relation and patient ("dismantled the camp" … "the dismantling of the
    camp"), and what "the operation" takes up. Two events that one verb tells are one.
    """
    told: dict[int, int] = {}
    same = list(range(len(events)))
    happened = [f for f in facts if f.rule.startswith("clause") and f.relation is not None and _plover(scene, f)]
    for number, event in enumerate(events):
        noun = event.spans[0].head
        verbs = [f.anchor for f in happened if _alike(scene, f, event)]
        if event.relation is None and _definite(scene, noun) and _bare(scene, noun):
            reach = REACH if event.lemma in words("generic") else FAR
            before = _before(scene, noun, _takes_up(scene, event, happened), reach)
            verbs += [before.anchor] if before is not None else []
        for verb in verbs:
            first = same[told.setdefault(verb, number)]
            same = [first if to == same[number] else to for to in same]
    return {verb: same[number] for verb, number in told.items()}, same


def _takes_up(scene: Scene, event: _Event, happened: Sequence[Fact]) -> Sequence[Fact]:
    """Return what a noun can refer back to: "the operation" to any happening, "the evacuation" to its own relations."""
    if event.lemma in words("generic"):
        return happened
    names = {relation.name for relation, _ in scene.relations.by_event_noun(event.lemma)}
    return [fact for fact in happened if fact.relation in names]


def _alike(scene: Scene, fact: Fact, event: _Event) -> bool:
    """Tell whether a clause tells as a fact what a noun calls by the same relation and of the same patient."""
    real = fact.modality == "asserted" and not fact.negated
    named = event.relation is not None and event.patient is not None and fact.relation == event.relation
    return real and named and _patient(scene, fact) == event.patient


def _plover(scene: Scene, fact: Fact) -> bool:
    relation = scene.relations.ontology.relations.get(fact.relation or "")
    return relation is not None and relation.plover is not None


def _before(scene: Scene, noun: int, happened: Sequence[Fact], reach: int) -> Fact | None:
    """Return the last main clause before a noun that tells a happening as a fact."""
    tree = scene.tree
    for fact in sorted(happened, key=lambda f: -f.anchor):
        near = 0 < tree.sent[noun] - tree.sent[fact.anchor] <= reach
        main = fact.anchor < noun and tree.dep[fact.anchor] in ("ROOT", "conj")
        if near and main and fact.modality == "asserted" and not fact.negated and fact.relation != "calledFor":
            return fact
    return None


def _light(scene: Scene, fact: Fact, by_noun: dict[int, int]) -> int | None:
    """Return the event that a light verb's object names: "carried out | an attack"."""
    target = fact.object
    if target is None or target.head not in by_noun:
        return None
    lemma = scene.tree.lemma[target.head]
    return by_noun[target.head] if scene.relations.by_light_verb(fact.lemma, lemma) else None
