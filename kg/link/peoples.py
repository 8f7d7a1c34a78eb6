"""Countries that an adjective names before the noun of a person: "the French president", "a Syrian refugee"."""

from collections.abc import Sequence
from dataclasses import replace

from kg.link.gazetteer import Gazetteer
from kg.parse.name_words import is_title_modifier, noun_class
from kg.parse.spans import Cluster, Link, Place, Span
from kg.parse.tree import Tree

_BEFORE = frozenset({"amod", "compound", "nmod"})
_SURE = 0.95


def peoples(tree: Tree, clusters: Sequence[Cluster], gazetteer: Gazetteer) -> tuple[Cluster, ...]:
    """Return the clusters with a mention for each adjective of a people that says whose a person is.

    "French" of "French Interior Minister" is a mention of France, a nominal one since it doesn't name it. In "an Indian
    restaurant owner" the adjective speaks of the restaurant, in "a French teacher" maybe of the language: no mention.
    """
    taken = {i for c in clusters for s in c.spans if s.kind == "name" for i in range(s.start, s.end)}
    found = list(clusters)
    at = {c.link.place.key: n for n, c in enumerate(found) if c.link is not None}
    for i in range(tree.n):
        place = gazetteer.demonym(tree.words[i]) if tree.words[i][:1].isupper() and i not in taken else None
        if place is None or not (_of_person(tree, i) or _said(tree, i)):
            continue
        span = Span(i, i + 1, i, "nominal", place.type)
        n = at.setdefault(place.key, len(found))
        if n == len(found):
            found.append(_country(place, span))
        else:
            spans = sorted((*found[n].spans, span), key=lambda s: (s.start, s.end))
            found[n] = replace(found[n], spans=tuple(spans))
    return tuple(found)


def _country(place: Place, span: Span) -> Cluster:
    return Cluster(place.name, place.type, (span,), Link(place, _SURE))


def _of_person(tree: Tree, i: int) -> bool:
    """Tell whether the next noun is one for a person: "French | minister", "French interior | minister"."""
    if tree.dep[i] not in _BEFORE:
        return False
    for k in range(i + 1, min(i + 5, tree.n)):
        if noun_class(tree.lower[k]) == "Person" and tree.pos[k] in ("NOUN", "PROPN"):
            if tree.dep[k] in _BEFORE and tree.pos[tree.head[k]] != "PROPN":
                return False  # "the Syrian refugee team"
            between = any(noun_class(tree.lower[m]) and not is_title_modifier(tree.words[m]) for m in range(i + 1, k))
            return not between and tree.lower[k] not in _LINGUISTS
        if tree.pos[k] not in ("ADJ", "NOUN", "PROPN") and tree.words[k] != "-":
            return False
    return False


_LINGUISTS = frozenset(
    {"teacher", "professor", "lecturer", "tutor", "translator", "interpreter", "speaker", "linguist"}
)


def _said(tree: Tree, i: int) -> bool:
    """Tell whether a copula says it: "Ann Lee is | French"."""
    verb = tree.head[i]
    return tree.dep[i] in ("acomp", "attr") and tree.lemma[verb] == "be" and not tree.kids[i]
