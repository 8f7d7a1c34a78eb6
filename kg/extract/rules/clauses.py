"""Triples of clauses: who does what to whom, with what else the clause says."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import reporting
from kg.extract.base import NOBODY, Fact, Phrase
from kg.extract.rules import arguments, typing
from kg.extract.rules.adjuncts import role_of
from kg.extract.rules.holders import COPULAS
from kg.extract.rules.modality import Stance, stance
from kg.extract.rules.nested import nested
from kg.extract.rules.phrases import VERBAL, clause, noun_phrase, phrase, strip
from kg.extract.rules.shared_times import shared_time
from kg.extract.rules.syntax import words
from kg.extract.rules.verb_forms import is_verb
from kg.extract.rules.verbs import RELATIVE, Clause, for_clause, read
from kg.extract.scene import Scene


def clause_facts(scene: Scene) -> list[Fact]:
    """Return the triples of all verbs of a document.

    "Police dismantled a camp in Calais on Friday." → police | dismantled | a camp in Calais | on Friday
    """
    facts: list[Fact] = []
    for v in range(scene.tree.n):
        if is_verb(scene.tree, v):
            found = read(scene.tree, v)
            if found is not None:
                facts += _facts(scene, found)
    return facts


def _facts(scene: Scene, found: Clause) -> Iterator[Fact]:
    tree = scene.tree
    view = stance(tree, found.chain)
    objects = _resolved(scene, found)
    if found.kind == "relative" and not _has_relative(scene, found) and tree.dep[found.verb] == "relcl":
        return
    for subject in _subjects(scene, found):
        main = _main(scene, found, subject, objects, view)
        if main is None or _about_nothing(scene, main):
            continue
        yield from _distributed(scene, main)
        yield from _included(scene, main)
        yield from nested(scene, main)
        yield from arguments.further_typed(scene, main)


def _about_nothing(scene: Scene, fact: Fact) -> bool:
    """Tell whether a clause speaks of no node: "it resembled a bomb", where nobody knows what "it" is."""
    if scene.tree.lower[fact.subject.head] not in words("vague", "subjects") or fact.relation is not None:
        return False
    parts = [fact.subject, *fact.arguments, *([fact.object] if fact.object is not None else [])]
    return not any(p.claim is not None or p.head in scene.entity for p in parts)


def _has_relative(scene: Scene, found: Clause) -> bool:
    tree = scene.tree
    return any(
        tree.tag[k] in RELATIVE or tree.lower[k] == "that" for k in range(tree.first[found.verb], found.verb + 1)
    )


def _resolved(scene: Scene, found: Clause) -> list[int]:
    """Return the heads of the objects, with the noun that a relative clause hangs on in the place of "which"."""
    tree, v = scene.tree, found.verb
    objects = list(found.objects)
    if tree.dep[v] != "relcl" or found.kind == "relative":
        return objects
    antecedent = tree.head[v]
    if tree.pos[antecedent] not in ("NOUN", "PROPN", "PRON"):
        return objects
    relative = [o for o in objects if tree.tag[o] in RELATIVE]
    if relative and len(relative) < len(objects) and tree.lemma[antecedent] in words("doubtful", "nouns"):
        return [o for o in objects if o not in relative]  # "the rumour | that police arrested Lee" is no object
    if relative:
        return [antecedent if o in relative else o for o in objects]
    bare = not any(tree.tag[k] in RELATIVE for k in range(tree.first[v], v))
    if bare and not any(tree.dep[o] == "dobj" for o in objects) and not found.passive and found.complement is None:
        stranded = any(tree.dep[a] == "prep" and not tree.kids[a] for a in found.adjuncts)
        return objects if stranded or not _transitive(scene, found) else [antecedent, *objects]
    return objects


def _transitive(scene: Scene, found: Clause) -> bool:
    """Tell whether the noun before a bare relative clause is its object: "the clock he made", not "the day he left"."""
    antecedent = scene.tree.head[found.verb]
    return antecedent not in scene.time and scene.tree.lemma[antecedent] not in words("circumstance", "nouns")


def _subjects(scene: Scene, found: Clause) -> Iterator[Phrase]:
    """Yield the subject phrases of a clause: one for each coordinated noun."""
    tree = scene.tree
    for head in found.subjects:
        if tree.pos[head] in VERBAL and tree.dep[head] in ("csubj", "csubjpass"):
            yield Phrase(*clause(tree, head), head, claim=head)
            continue
        if tree.lower[head] in ("there", "it") and tree.dep[head] == "expl":
            continue
        parts = tree.conjuncts(head)
        if len(parts) > 1 and _separate(scene, parts):
            for part in parts:
                yield phrase(scene, part, joint=False)
            continue
        yield _before(scene, phrase(scene, head), found)


def _separate(scene: Scene, parts: list[int]) -> bool:
    """Tell whether what is said of coordinated nouns is said of each: not where one is a pronoun or a number."""
    return all(scene.tree.pos[p] in ("NOUN", "PROPN") for p in parts)


def _before(scene: Scene, subject: Phrase, found: Clause) -> Phrase:
    """Cut the clause itself off a subject that it hangs on: "people | hoping to travel"."""
    if not subject.start <= found.verb < subject.end:
        return subject
    start, end = strip(scene.tree, subject.start, scene.tree.first[found.verb])
    if not start <= subject.head < end:
        return Phrase(subject.head, subject.head + 1, subject.head)
    return replace(subject, start=start, end=end)


def _main(scene: Scene, found: Clause, subject: Phrase, objects: list[int], view: Stance) -> Fact | None:
    """Return the triple of a clause for one of its subjects."""
    tree = scene.tree
    words, target, rest = _object(scene, found, objects)
    if target is None and tree.lemma[found.last] == "be" and tree.child(found.verb, "expl") is None:
        return _fronted(scene, found, subject, view)
    if target is not None and target.start <= subject.head < target.end and tree.pos[target.head] not in VERBAL:
        return None
    further = arguments.further(scene, found, sorted(rest), target, subject)
    if target is not None and target.claim is None:
        target, hung = arguments.freed_times(scene, target)
        further = (*further, *hung)
    if not any(p.role == "time" for p in (*further, *([target] if target is not None else []))):
        shared = shared_time(scene, found)
        further = (*further, shared) if shared is not None else further
    if target is not None and scene.entity.get(target.head, NOBODY) == scene.entity.get(subject.head):
        target = replace(target, entity=NOBODY) if tree.lemma[found.last] in COPULAS else target
    fact = Fact(
        f"clause-{found.kind}",
        found.last,
        subject,
        tuple(sorted(set(words))),
        typing.lemma(tree, found, words),
        target,
        tuple(sorted(further, key=lambda p: p.start)),
        inverse=found.passive,
        negated=view.negated,
        modality=view.modality,
    )
    return typing.typed(scene, fact, found)


def _fronted(scene: Scene, found: Clause, subject: Phrase, view: Stance) -> Fact | None:
    """Return "Ann Lee | was among | the injured" for "Among the injured was Ann Lee"; a bare "was" says nothing."""
    tree = scene.tree
    for a in found.adjuncts:
        inner = tree.child(a, "pobj") if tree.dep[a] == "prep" and a < found.verb < subject.start else None
        if inner is not None and inner not in scene.time:
            verb, preposition = tree.lower[found.verb], tree.lower[a]
            return Fact(
                f"clause-{found.kind}",
                found.last,
                subject,
                (),
                f"be {preposition}",
                phrase(scene, inner),
                implied=f"{verb} {preposition}",
                negated=view.negated,
                modality=view.modality,
            )
    return None


def _object(scene: Scene, found: Clause, objects: list[int]) -> tuple[tuple[int, ...], Phrase | None, list[int]]:
    """Return the words of the predicate, the object, and the heads of what else the clause says.

    The object is the doer of a passive, a noun, a clause, or what a preposition or a fixed phrase leads to.
    """
    tree, words, rest = scene.tree, found.group, list(found.adjuncts)
    if (tree.lemma[found.last], "verb") in reporting.words():
        objects = sorted(objects, key=lambda o: tree.dep[o] != "ccomp")  # "told the agency by telephone | that …"
    agent = next((a for a in rest if tree.dep[a] == "agent"), None) if found.passive else None
    doer = tree.child(agent, "pobj") if agent is not None else None
    idiom = arguments.fixed(scene, found, objects) if not found.passive else None
    if idiom is not None:
        rest = [a for a in rest if a not in idiom.words]
        return (*words, *idiom.words), phrase(scene, idiom.inner), [*rest, *objects[1:]]
    if agent is not None and doer is not None:
        return (*words, agent), phrase(scene, doer), [*(a for a in rest if a != agent), *objects]
    if objects:
        target = replace(arguments.object_phrase(scene, objects[0]), role="theme" if found.passive else None)
        if target.claim is not None and tree.dep[found.verb] == "relcl" and target.start <= found.last < target.end:
            target = replace(target, start=found.last + 1)  # "which residents say | has blighted their homes"
        mark = for_clause(tree, objects[0])
        if mark is not None:
            words, target = (*words, mark), replace(target, start=mark + 1)
        return words, target, [*rest, *objects[1:]]
    lead = arguments.leading(scene, found, rest)
    if lead is not None:
        role = role_of(scene, lead.adjunct) if found.passive or lead.timely else None
        target = replace(arguments.object_phrase(scene, lead.inner), role=role)
        return (*words, *lead.words), target, [a for a in rest if a != lead.adjunct]
    if found.complement is not None:
        target, words = arguments.adjective(scene, found, found.complement)
        return words, target, rest
    return words, None, rest


def _included(scene: Scene, fact: Fact) -> Iterator[Fact]:
    """Yield one triple for each entity that an object includes: "was helped by | friends, including Ann and Jan"."""
    tree, target = scene.tree, fact.object
    if target is None or target.claim is not None:
        return
    for k in tree.kids[target.head]:
        inner = tree.child(k, "pobj") if tree.lower[k] == "including" and k > target.head else None
        if inner is None:
            continue
        for part in tree.conjuncts(inner):
            if part in scene.entity:
                named = replace(phrase(scene, part, joint=False), role=target.role)
                yield typing.retyped(scene, replace(fact, rule="clause-including", object=named))


def _distributed(scene: Scene, fact: Fact) -> Iterator[Fact]:
    """Yield one triple for each coordinated object: "met | Merkel and Macron" → two; not "between A and B"."""
    target = fact.object
    if target is None or target.claim is not None:
        yield fact
        return
    parts = [p for p in scene.tree.conjuncts(target.head) if target.start <= p < target.end]
    if len(parts) < 2 or not _separate(scene, parts) or scene.tree.lower[fact.words[-1]] == "between":
        yield fact
        return
    for part in parts:
        start, end = noun_phrase(scene.tree, part, joint=False)
        yield typing.retyped(scene, replace(fact, object=replace(target, start=start, end=end, head=part)))
