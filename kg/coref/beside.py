"""The entity that grammar says a noun phrase is: apposition, predicate, title, naming, the name inside it."""

from collections.abc import Mapping

from kg.coref.drafts import Draft, compatible
from kg.coref.nominals import Nominal
from kg.coref.words import gender_of, listed
from kg.parse.lexicons import word_table
from kg.parse.name_search import NAMING
from kg.parse.name_words import coarse
from kg.parse.tree import Tree

At = Mapping[int, Draft]


def beside(tree: Tree, nominal: Nominal, at: At) -> list[Draft]:
    """The entities that `nominal` is by its grammar, those with a name first; `at` has the entity of each token.

    "Guennoc, head of the association" → Guennoc's, "X is the mayor" → X's, "a camp known as the Jungle". "His guest is
    the actress Jane Doe" → Jane Doe's and the guest's, who are one then.
    """
    inner = _complement(tree, nominal, at)
    if inner is not None:
        return [inner]
    rules = (_equated, _naming, _titled, _containing)
    found = [draft for rule in rules if (draft := rule(tree, nominal, at)) is not None]
    return sorted(found, key=lambda draft: not draft.named)


def fits(nominal: Nominal, draft: Draft) -> bool:
    """Do class and gender allow that `nominal` is `draft`?"""
    gender = gender_of(nominal.noun)
    if gender and draft.gender and gender != draft.gender:
        return False
    if draft.named and draft.kind == "Organization" and nominal.noun in word_table("either.tsv"):
        return True  # "Acme, a contractor"
    return compatible(nominal.span.type, draft.type)


def _equated(tree: Tree, nominal: Nominal, at: At) -> Draft | None:
    head = nominal.span.head
    partners = [k for k in tree.kids[head] if tree.dep[k] == "appos"]
    if tree.dep[head] == "appos":
        partners.insert(0, tree.head[head])
    if tree.dep[head] == "attr":
        partners += _subject(tree, tree.head[head])
    for partner in partners:
        draft = at.get(partner)
        if draft is None or not fits(nominal, draft) or nominal.plural != draft.plural:
            continue
        listed_in_row = nominal.plural and not draft.named and tree.dep[head] != "attr"
        if not listed_in_row:  # "officers, bystanders and sailors" looks like an apposition to the parser
            return draft
    return None


def _subject(tree: Tree, verb: int) -> list[int]:
    """The subject of an asserted "is": nothing under "not", "would be", "if"."""
    kids = tree.kids[verb]
    unreal = listed("nominals", "unreal")
    if tree.lemma[verb] != "be" or any(tree.dep[k] in {"neg", "mark"} or tree.lower[k] in unreal for k in kids):
        return []
    return [k for k in kids if tree.dep[k] == "nsubj"]


def _naming(tree: Tree, nominal: Nominal, at: At) -> Draft | None:
    """The name in "a camp known as the Jungle", "a group called X"."""
    for verb in tree.kids[nominal.span.head]:
        if tree.dep[verb] not in {"acl", "relcl"} or tree.lemma[verb] not in NAMING or nominal.plural:
            continue
        kids = tree.kids[verb]
        named = [k for k in kids if tree.dep[k] in {"oprd", "dobj", "attr"}]
        named += [g for k in kids if tree.dep[k] == "prep" and tree.lower[k] == "as" for g in tree.kids[k]]
        for token in named:
            draft = at.get(token)
            if draft is not None and draft.named and fits(nominal, draft):
                return draft
    return None


def _titled(tree: Tree, nominal: Nominal, at: At) -> Draft | None:
    """The name right behind a role: "the mayor | John Smith", "the founder of Acme, | Jane Doe,"."""
    if nominal.plural or nominal.span.type != "Person":
        return None
    end = nominal.span.end
    behind = at.get(end)
    if behind is None and nominal.owner and tree.words[end : end + 1] == [","]:
        behind = at.get(end + 1)
        last = max((s.end for s in behind.spans if s.start == end + 1), default=0) if behind else 0
        if not last or tree.words[last : last + 1] not in ([","], ["."]):
            return None
    if behind is None or not behind.named or behind.kind != "Person" or not fits(nominal, behind):
        return None
    return behind


def _containing(tree: Tree, nominal: Nominal, at: At) -> Draft | None:
    """The name inside the phrase: "the Amnesty | group", "the Lombardy | region"."""
    head = nominal.span.head
    if nominal.plural:
        return None
    inner = at.get(head - 1)
    if inner is not None and inner.named and tree.dep[head - 1] in {"compound", "nmod", "amod"}:
        if nominal.noun in listed("nominals", "holders") and inner.kind == "Organization":
            return inner if coarse(nominal.span.type) in {"Organization", "Group"} else None
        district = nominal.span.type == "Region" and inner.type in {"City", "Place"}
        if inner.kind == "Place" and (inner.type == nominal.span.type or district):
            return inner
    return None


def _complement(tree: Tree, nominal: Nominal, at: At) -> Draft | None:
    """The place in "the city | of Calais", "the village of Nhacamba"."""
    head = nominal.span.head
    inner = at.get(head + 2) if tree.lower[head + 1 : head + 2] == ["of"] and not nominal.plural else None
    if inner is None or not inner.named or inner.kind != "Place" or coarse(nominal.span.type) != "Place":
        return None
    unsure = inner.type == "Place" and inner.link is None and nominal.span.type in {"City", "Region"}
    return inner if unsure or inner.type == nominal.span.type else None
