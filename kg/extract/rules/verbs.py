"""Verbs with what belongs to them: their chain, their subjects, what they govern."""

from dataclasses import dataclass

from kg.extract import reporting
from kg.extract.rules.phrases import VERBAL
from kg.extract.rules.subjects import Kind, subjects
from kg.extract.rules.syntax import words
from kg.extract.rules.verb_forms import SUBJECTS, group, infinitive, is_verb, passive
from kg.parse.tree import Tree

OBJECTS = frozenset({"dobj", "attr", "oprd"})
RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with what it governs, by token offsets.

    `verb` is the first verb of the chain and `last` the one that says what happens: "wants | to leave". `group` are
    the words of the predicate, `complement` an adjective in it. `passive` is that of `last`.
    """

    verb: int
    last: int
    group: tuple[int, ...]
    complement: int | None
    subjects: tuple[int, ...]
    kind: Kind
    passive: bool
    objects: tuple[int, ...]
    adjuncts: tuple[int, ...]
    chain: tuple[int, ...]


def chained(tree: Tree, v: int) -> int | None:
    """Return the infinitive or gerund that goes on the predicate: "plans | to meet"; None behind an object."""
    complements = [k for k in tree.kids[v] if tree.dep[k] == "xcomp" and tree.pos[k] in VERBAL and k > v]
    if len(complements) != 1:
        return None
    row = reporting.words().get((tree.lemma[v], "verb"))
    gerund = tree.tag[complements[0]] == "VBG" or any(
        tree.dep[k] == "aux" and tree.tag[k] == "VBG" for k in tree.kids[complements[0]]
    )
    if gerund and row is not None and "gerund" in row.frames:
        return None  # "denied | receiving money": what is denied is a claim of its own
    between = [k for k in tree.kids[v] if v < k < complements[0]]
    if any(tree.dep[k] in ("dobj", "attr", "prep", "acomp", "agent", "dative") for k in between):
        return None
    return complements[0]


def through_adjective(tree: Tree, v: int) -> int | None:
    """Return the infinitive that an adjective joins to its subject: "is due | to leave"; not "is easy to see"."""
    adjective = tree.child(v, "acomp")
    if adjective is None or tree.lemma[adjective] in words("tough", "adjectives"):
        return None
    infinitives = [k for k in tree.kids[adjective] if tree.dep[k] == "xcomp" and infinitive(tree, k)]
    plain = len(infinitives) == 1 and not any(tree.dep[k] == "prep" for k in tree.kids[adjective])
    return infinitives[0] if plain else None


def read(tree: Tree, v: int) -> Clause | None:
    """Return the clause of a verb; None where it has no subject or only goes on the chain of another verb."""
    if tree.dep[v] == "xcomp" and v in (chained(tree, tree.head[v]), through_adjective(tree, tree.head[tree.head[v]])):
        return None
    found, kind = subjects(tree, v)
    there = tree.child(v, "expl")
    existing = tree.child(v, "attr", "dobj") if there is not None and tree.lower[there] == "there" else None
    if existing is not None and not found:
        found = [existing]
    if not found:
        return None
    own, chain, last = [k for k in group(tree, v) if tree.lower[k] != "to"], [v], v
    while len(chain) < 5 and (following := chained(tree, last) or through_adjective(tree, last)) is not None:
        own += group(tree, following)
        if tree.head[following] != last:
            own += [tree.head[following], *(k for k in tree.kids[tree.head[following]] if tree.dep[k] == "advmod")]
        last = following
        chain.append(last)
    complement = tree.child(last, "acomp")
    inside = set(own)
    if complement is not None:
        inside |= {
            complement,
            *(k for k in tree.kids[complement] if k < complement and tree.dep[k] in ("advmod", "neg")),
        }
    inside |= {
        k for k in tree.kids[last] if k == last + 1 and tree.dep[k] in ("oprd", "amod") and _object_behind(tree, k)
    }
    low, high = min(inside), max(inside)
    inside |= {k for w in own for k in tree.kids[w] if tree.dep[k] == "advmod" and low < k < high and not tree.kids[k]}
    objects, adjuncts = _governed(tree, chain, complement, inside)
    objects = tuple(o for o in objects if o != existing) or _shared(tree, last)
    return Clause(
        v,
        last,
        tuple(sorted(inside)),
        complement,
        tuple(found),
        kind,
        passive(tree, last),
        objects,
        adjuncts,
        tuple(chain),
    )


def _object_behind(tree: Tree, k: int) -> bool:
    """Tell whether an adjective stands between its verb and the object: "shot | dead | a man"."""
    return tree.pos[k] == "ADJ" and any(tree.dep[d] == "dobj" and d > k for d in tree.kids[tree.head[k]])


def _shared(tree: Tree, v: int) -> tuple[int, ...]:
    """Return the object that a verb has in common with the next one: "arrested and questioned | the mayor"."""
    following = next((k for k in tree.kids[v] if tree.dep[k] == "conj" and is_verb(tree, k)), None)
    if following is None or any(tree.dep[k] in SUBJECTS for k in tree.kids[following]):
        return ()
    between = range(v + 1, following)
    if any(tree.dep[i] not in ("cc", "advmod", "punct", "aux") for i in between):
        return ()
    target = tree.child(following, "dobj")
    return () if target is None or tree.lemma[v] in ("be", "go", "come") else (target,)


def _governed(
    tree: Tree, chain: list[int], complement: int | None, inside: set[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the heads of the objects and of the adjuncts of a chain of verbs, in order of the text."""
    objects: list[int] = []
    adjuncts: list[int] = []
    heads = [chain[0], *([chain[-1]] if len(chain) > 1 else []), *([complement] if complement is not None else [])]
    for h in heads:
        for k in tree.kids[h]:
            dep = tree.dep[k]
            if k in inside or dep in SUBJECTS:
                continue
            if k < h and dep not in ("prep", "npadvmod", "advmod", "ccomp", "dobj", "agent", "nmod"):
                continue
            if dep == "ccomp" and k < h and not _reports(tree, h):
                continue
            if dep in OBJECTS and k > h and any(tree.words[i] == ":" for i in range(h, k)):
                continue
            if dep in OBJECTS or dep == "ccomp" or for_clause(tree, k) is not None:
                objects.append(k)
            elif dep == "xcomp":
                (adjuncts if objects else objects).append(k)
            elif dep in ("dative", "prep", "agent", "npadvmod") or (dep == "advmod" and (k > h or _timely(tree, k))):
                adjuncts.append(k)
    return tuple(sorted(objects)), tuple(sorted(adjuncts))


def for_clause(tree: Tree, k: int) -> int | None:
    """Return the "for" of an infinitive clause with a subject of its own: "called | for | the camp to be cleared"."""
    if tree.dep[k] not in ("advcl", "ccomp", "xcomp") or tree.tag[k] not in ("VB", "VBN"):
        return None
    mark = next((m for m in tree.kids[k] if tree.dep[m] in ("mark", "prep") and tree.lower[m] == "for" and m < k), None)
    return (
        mark
        if mark is not None and infinitive(tree, k) and any(tree.dep[m] in SUBJECTS for m in tree.kids[k])
        else None
    )


def _reports(tree: Tree, v: int) -> bool:
    """Tell whether a clause before the verb can be what it reports: "We will stay", he said."""
    row = reporting.words().get((tree.lemma[v], "verb"))
    return row is not None and row.quote > 0


def _timely(tree: Tree, k: int) -> bool:
    return tree.doc[k].ent_type_ in ("DATE", "TIME")
