"""Verbs with what belongs to them: their group, their subjects, what they govern."""

from dataclasses import dataclass
from typing import Literal

from kg.extract import reporting
from kg.extract.rules.phrases import VERBAL
from kg.extract.rules.syntax import words
from kg.parse.name_words import noun_class
from kg.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
OBJECTS = frozenset({"dobj", "attr", "oprd"})
RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
Kind = Literal["own", "inherited", "relative", "participle", "control"]


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


def is_verb(tree: Tree, i: int) -> bool:
    """Tell whether the token heads a clause: a verb that is no auxiliary and no modifier of a noun."""
    if tree.pos[i] not in VERBAL or tree.dep[i] in ("aux", "auxpass", "amod", "compound", "prep"):
        return False
    if tree.lower[i] == "according" or (tree.lower[i] == "aged" and any(tree.pos[k] == "NUM" for k in tree.kids[i])):
        return False
    return tree.tag[i].startswith("VB") or tree.tag[i] == "MD"


def subjects(tree: Tree, v: int, depth: int = 0) -> tuple[list[int], Kind]:
    """Return the heads of the subjects of a verb, its own or inherited, and how they were found.

    "police arrested and questioned the boy": questioned → police; "asked them to leave": leave → them.
    """
    own = [k for k in tree.kids[v] if tree.dep[k] in SUBJECTS and tree.dep[k] != "expl"]
    if own:
        return _antecedents(tree, v, own)
    if depth > 6:
        return [], "own"
    head, dep = tree.head[v], tree.dep[v]
    if dep == "conj" and is_verb(tree, head) and _coordinated(tree, v):
        found, kind = subjects(tree, head, depth + 1)
        return found, "relative" if kind == "relative" else "inherited"
    if dep == "xcomp" and tree.dep[head] == "acomp" and tree.lemma[head] not in words("tough", "adjectives"):
        return subjects(tree, tree.head[head], depth + 1)[0], "control"
    if dep == "xcomp" and tree.pos[head] in VERBAL:
        controlled = tree.child(head, "dobj") or tree.child(head, "dative") or _called_on(tree, head, v)
        if controlled is not None and controlled < v and tree.pos[controlled] != "ADP":
            return [controlled], "control"
        return subjects(tree, head, depth + 1)[0], "control"
    if dep == "advcl" and (tree.tag[v] in ("VBG", "VBN") or _infinitive(tree, v)):
        return subjects(tree, head, depth + 1)[0], "inherited"
    if dep == "pcomp" and tree.tag[v] == "VBG":
        return _of_gerund(tree, v, depth)
    if dep == "acl" and tree.tag[v] in ("VBG", "VBN", "VBD"):
        return [head], "participle"
    return ([head], "relative") if dep == "relcl" and tree.pos[head] in ("NOUN", "PROPN") else ([], "own")


def _of_gerund(tree: Tree, v: int, depth: int) -> tuple[list[int], Kind]:
    """Return the subject of a gerund after a preposition of the clause: "after leaving the group, he was arrested"."""
    preposition = tree.head[v]
    governor = tree.head[preposition]
    if preposition == governor or not is_verb(tree, governor) or tree.lemma[governor] == "be":
        return [], "own"
    if tree.lower[preposition] == "by" and passive(tree, governor):
        return [], "own"  # "was caused by mixing up labels": not what was caused mixes
    kept = tree.child(governor, "dobj")
    row = reporting.words().get((tree.lemma[governor], "verb"))
    accused = row is not None and "of" in row.frames and tree.lower[preposition] in ("of", "for")
    kept_from = tree.lower[preposition] == "from" and tree.lemma[governor] in words("negative", "preventing")
    blamed = (
        tree.lower[preposition] == "for" and kept is not None and noun_class(tree.lower[kept]) in ("Person", "Group")
    )
    named = (
        tree.lower[preposition] == "for" and kept is not None and tree.doc[kept].ent_type_ in ("PERSON", "ORG", "NORP")
    )
    if kept is not None and (accused or kept_from or blamed or named):
        return [kept], "control"
    return subjects(tree, governor, depth + 1)[0], "inherited"


def _coordinated(tree: Tree, v: int) -> bool:
    """Tell whether a conjunction stands in the row that a verb is coordinated in: not "the deal, signed the bill"."""
    h = v
    while tree.dep[h] == "conj":
        h = tree.head[h]
    return any(tree.dep[k] == "cc" for w in tree.conjuncts(h) for k in tree.kids[w])


def _called_on(tree: Tree, v: int, infinitive: int) -> int | None:
    """Return whom a verb of asking turns to with a preposition: "called on | the government | to block the deal"."""
    if (tree.lemma[v], "verb") not in reporting.words() or not _infinitive(tree, infinitive):
        return None
    for k in tree.kids[v]:
        if tree.dep[k] == "prep" and v < k < infinitive and tree.lower[k] in ("on", "upon", "to"):
            return tree.child(k, "pobj")
    return None


def _antecedents(tree: Tree, v: int, own: list[int]) -> tuple[list[int], Kind]:
    """Put the noun that a relative clause hangs on in the place of "who" and "which"."""
    found: list[int] = []
    kind: Kind = "own"
    for s in own:
        clause = v
        while tree.dep[clause] == "conj" and is_verb(tree, tree.head[clause]):
            clause = tree.head[clause]
        relative = tree.tag[s] in ("WDT", "WP") or (tree.lower[s] == "that" and tree.pos[s] == "PRON")
        if relative and tree.dep[clause] == "relcl":
            found.append(tree.head[clause])
            kind = "relative"
        else:
            found.append(s)
    return found, kind


def _infinitive(tree: Tree, v: int) -> bool:
    return any(tree.dep[k] == "aux" and tree.lower[k] == "to" for k in tree.kids[v])


def passive(tree: Tree, v: int) -> bool:
    """Tell whether the verb is passive, also by an auxiliary that it shares: "was arrested and questioned"."""
    if any(tree.dep[k] in ("auxpass", "nsubjpass", "csubjpass") for k in tree.kids[v]):
        return True
    if tree.tag[v] not in ("VBN", "VBD") or any(tree.dep[k] == "aux" for k in tree.kids[v]):
        return False
    if tree.dep[v] == "ccomp" and tree.lemma[tree.head[v]] in words("perception", "verbs") and v > tree.head[v]:
        gets = tree.child(v, "dobj") is None or tree.lemma[v] in words("ditransitive", "verbs")
        return tree.tag[v] == "VBN" or (gets and tree.child(v, "mark") is None)
    if any(tree.dep[k] == "nsubj" for k in tree.kids[v]):
        return False
    if tree.dep[v] == "conj" and tree.tag[v] == "VBN" and is_verb(tree, tree.head[v]):
        return passive(tree, tree.head[v])
    if tree.dep[v] in ("acl", "advcl"):
        return tree.tag[v] == "VBN" or (tree.dep[v] == "acl" and tree.child(v, "dobj") is None)
    return False


def group(tree: Tree, v: int) -> list[int]:
    """Return the verb with its auxiliaries, negation and particle, shared auxiliaries of a coordination among them."""
    found = [v, *(k for k in tree.kids[v] if tree.dep[k] in GROUP)]
    bare = not any(tree.dep[k] in ("aux", "auxpass") or tree.dep[k] in SUBJECTS for k in tree.kids[v])
    if tree.dep[v] == "conj" and bare and tree.tag[v] in ("VB", "VBN", "VBG") and is_verb(tree, tree.head[v]):
        h = tree.head[v]
        while tree.dep[h] == "conj" and not any(tree.dep[k] in ("aux", "auxpass") for k in tree.kids[h]):
            h = tree.head[h]
        if tree.tag[h] == tree.tag[v]:
            found += [k for k in tree.kids[h] if tree.dep[k] in ("aux", "auxpass", "neg") and k < v]
    return found


def chained(tree: Tree, v: int) -> int | None:
    """Return the infinitive or gerund that goes on the predicate: "plans | to meet"; None behind an object."""
    complements = [k for k in tree.kids[v] if tree.dep[k] == "xcomp" and tree.pos[k] in VERBAL and k > v]
    if len(complements) != 1:
        return None
    row = reporting.words().get((tree.lemma[v], "verb"))
    if tree.tag[complements[0]] == "VBG" and row is not None and "gerund" in row.frames:
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
    infinitives = [k for k in tree.kids[adjective] if tree.dep[k] == "xcomp" and _infinitive(tree, k)]
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
        if mark is not None and _infinitive(tree, k) and any(tree.dep[m] in SUBJECTS for m in tree.kids[k])
        else None
    )


def _reports(tree: Tree, v: int) -> bool:
    """Tell whether a clause before the verb can be what it reports: "We will stay", he said."""
    row = reporting.words().get((tree.lemma[v], "verb"))
    return row is not None and row.quote > 0


def _timely(tree: Tree, k: int) -> bool:
    return tree.doc[k].ent_type_ in ("DATE", "TIME")
