"""Who may hold which role: pairs of a holder and the noun of a role, wherever a phrase or a verb joins them."""

from collections.abc import Iterator

from kg.extract.relations import Reading
from kg.extract.rules.modality import Stance, stance
from kg.extract.rules.service import serving
from kg.extract.scene import Scene
from kg.parse.name_words import is_title, is_title_modifier, noun_class

NOUNS = frozenset({"NOUN", "PROPN"})
COPULAS = frozenset({"be", "become", "remain"})
_MEMBER = "memberOf"  # that the members of X are in X says nothing


def pairs(scene: Scene) -> Iterator[tuple[int, int, Stance, str]]:
    """Yield (head of the holder, role noun, stance, rule) wherever a phrase may give somebody a role."""
    tree = scene.tree
    asserted = Stance()
    for head, span in sorted(scene.mention.items()):
        kind = scene.type_of(head)
        if kind is None or not scene.relations.ontology.is_a(kind, "Actor"):
            continue
        if span.kind == "name":
            title = _title(scene, span.start, head)
            if title is not None:
                yield head, title, asserted, "role-title"
                above = _above(scene, title)
                if above is not None:
                    yield head, above, asserted, "role-title"
        for k in tree.kids[head]:
            if tree.dep[k] == "appos" and tree.pos[k] in NOUNS and k != head and _closed(scene, k):
                if span.kind == "name" and not _named(scene, k):
                    for noun in tree.conjuncts(k):
                        yield head, noun, asserted, "role-apposition"
                elif _named(scene, k) and span.kind != "name":
                    yield k, head, asserted, "role-apposition"
        if span.kind == "nominal" and (_owned(scene, head) or _definite(scene, head)):
            yield head, head, asserted, "role-possessive"
    for noun in range(tree.n):
        if tree.pos[noun] == "NOUN" and noun not in scene.mention and role_key(scene, noun) is not None:
            for k in tree.kids[noun]:
                if tree.dep[k] == "appos" and k > noun and _named(scene, k) and _closed(scene, k):
                    yield k, noun, asserted, "role-apposition"  # "whose father, | Ali Khan"
    for v in range(tree.n):
        if tree.lemma[v] in COPULAS and tree.pos[v] in ("AUX", "VERB"):
            yield from _copular(scene, v)
    for holder, noun, view in serving(scene):
        yield holder, noun, view, "role-service"


def _owned(scene: Scene, head: int) -> bool:
    """Tell whether somebody has the people of a phrase: "Lee's lawyer"; that "its members" are in it says nothing."""
    owner = next((k for k in scene.tree.kids[head] if scene.tree.dep[k] == "poss"), None)
    return owner is not None and not (scene.tree.tag[head] == "NNS" and scene.tree.pos[owner] == "PRON")


def _definite(scene: Scene, head: int) -> bool:
    """Tell whether a phrase names people by their role, as known: "the mayor of Calais", "residents of Calais"."""
    tree = scene.tree
    of = any(tree.dep[k] == "prep" and tree.lower[k] == "of" for k in tree.kids[head])
    if not of or tree.dep[head] in ("attr", "appos", "oprd") or tree.lower[tree.head[head]] == "as":
        return False
    articles = {tree.lower[k] for k in tree.kids[head] if tree.dep[k] == "det"}
    plural = tree.tag[head] == "NNS"
    if plural and any(r.name == _MEMBER for r, _ in scene.relations.by_role_noun(tree.lemma[head])):
        return False
    return articles == {"the"} or (not articles and plural)


def _closed(scene: Scene, k: int) -> bool:
    """Tell whether an apposition ends at a mark or with the sentence: "X, head of Y, said"; not "says X, a man was"."""
    tree = scene.tree
    following = tree.last[k] + 1
    if following >= tree.n or tree.sent[following] != tree.sent[k]:
        return True
    return tree.pos[following] in ("PUNCT", "SPACE", "PART", "CCONJ") or tree.dep[following] in (
        "appos",
        "relcl",
        "acl",
    )


def _named(scene: Scene, head: int) -> bool:
    return head in scene.mention and scene.mention[head].kind == "name"


def _copular(scene: Scene, v: int) -> Iterator[tuple[int, int, Stance, str]]:
    tree = scene.tree
    subject, attribute = tree.child(v, "nsubj"), tree.child(v, "attr")
    if subject is None or attribute is None or tree.pos[attribute] not in NOUNS:
        return
    if tree.tag[subject] in ("WP", "WDT") and tree.dep[v] == "relcl":
        subject = tree.head[v]
    for noun in tree.conjuncts(attribute):
        yield subject, noun, stance(tree, (v,)), "role-copula"


def _title(scene: Scene, start: int, head: int) -> int | None:
    """Return the role noun before a name: "Interior | Minister | Gerald Darmanin", "Minister | of Education X"."""
    tree = scene.tree
    i = start - 1
    if (
        i >= 0
        and tree.sent[i] == tree.sent[head]
        and tree.pos[i] in NOUNS
        and not _named(scene, i)
        and _personal(scene, i)
    ) and (tree.head[i] == head or head in tree.ancestors(i) or tree.head[head] == i):
        return i
    for k in tree.kids[head]:
        before = k < start and tree.dep[k] in ("nmod", "compound") and tree.last[k] <= start and not _named(scene, k)
        if before and role_key(scene, k) is not None and any(tree.dep[d] == "prep" for d in tree.kids[k]):
            return k
    return None


def _above(scene: Scene, title: int) -> int | None:
    """Return the role before a rank: "coast guard | commander | Vice Admiral Ruiz"."""
    i = title - 1
    while i > 0 and scene.tree.sent[i] == scene.tree.sent[title] and is_title_modifier(scene.tree.words[i]):
        i -= 1
    known = i >= 0 and scene.tree.pos[i] == "NOUN" and role_key(scene, i) is not None and not _named(scene, i)
    return i if known and is_title(scene.tree.words[title]) else None


def _personal(scene: Scene, noun: int) -> bool:
    """Tell whether a noun can be a title: a role of the ontology, or any noun for a person ("actor Jason Beghe")."""
    return role_key(scene, noun) is not None or noun_class(scene.tree.lower[noun]) == "Person"


def readings(scene: Scene, key: str) -> tuple[Reading, ...]:
    """Return what a noun for a person says of them: "head" (of) → heads, "critic" (of) → criticised."""
    return scene.relations.by_role_noun(key) or scene.relations.by_agent_noun(key)


def role_key(scene: Scene, noun: int) -> str | None:
    """Return the longest entry of the ontology that ends at a noun: "vice president" before "president"."""
    tree = scene.tree
    for length in (3, 2, 1):
        first = noun - length + 1
        if first < 0 or any(tree.sent[i] != tree.sent[noun] for i in range(first, noun)):
            continue
        for last in dict.fromkeys((tree.lemma[noun], tree.lower[noun])):
            key = " ".join([*tree.lower[first:noun], last])
            if readings(scene, key):
                return key
    return None
