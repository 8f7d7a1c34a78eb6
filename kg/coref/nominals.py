"""Noun phrases that refer to actors and places without naming them: "the minister", "568 people"."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kg import resources
from kg.coref.words import listed
from kg.parse.lexicons import word_set, word_table
from kg.parse.name_words import noun_class, reporting_verbs, singular
from kg.parse.spans import Span
from kg.parse.tree import Tree

_LEFT = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "advmod", "predet", "npadvmod", "punct"}
)
_INNER = frozenset({"compound", "amod", "nmod", "npadvmod", "quantmod", "advmod", "nummod"})
_PERSONAL = ("ologist", "ographer", "ician", "woman", "sman", "crat")
_OFTEN_PERSONAL = ("er", "or", "ist", "ian", "ee")
_LONG = 8
_DASHES = frozenset("-–—")
_MARKS = frozenset(",;:-–—\"'“”()")
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase that refers to an actor or place.

    noun: its head in the singular, lower case; owner: the words of what possesses it or its "of" complement ("calais"
    of "mayor of Calais"), "" without; determiner: "definite", "indefinite", "possessive", "number" or "none";
    modifiers: the words before the head, articles and numbers left out; number: the numeral's words; weak: the noun
    alone is no sign of an actor or place ("the party"), so it counts only when it is joined to one; possessor:
    the token of who owns it ("his").
    """

    span: Span
    noun: str
    plural: bool
    determiner: str
    modifiers: frozenset[str]
    owner: str
    number: str
    weak: bool = False
    possessor: int | None = None


def find_nominals(tree: Tree, names: Sequence[Span]) -> tuple[Nominal, ...]:
    """The nominal mentions of a document in order of the text; none inside a name, a title or another noun's modifier.

    "The head of the region and mayor of Calais" → "The head of the region", "the region", "mayor of Calais".
    """
    inside = bytearray(tree.n)
    for name in names:
        for index in range(name.start, name.end):
            inside[index] = 1
    counted = _counting()
    titled = {name.start for name in names if name.type == "Person"}
    found = []
    taken: set[int] = set()
    for index in range(tree.n):
        if inside[index] or index in taken or tree.pos[index] not in {"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET"}:
            continue
        quantity = tree.lower[index] in counted or tree.lemma[index] in counted or tree.pos[index] == "NUM"
        if quantity:
            part = _counted(tree, index, inside)
            if part is not None:
                taken.add(part[0])
                found.append(_nominal(tree, index, "Group", tree.lower[part[0]], part[1], names))
                continue
            if tree.lower[index + 1 : index + 2] == ["of"]:
                continue
        kind = head_class(tree, index)
        if kind == "Person" and index + 1 in titled and not _has_article(tree, index):
            continue
        if kind is not None:
            found.append(_nominal(tree, index, kind, tree.lower[index], None, names))
    return tuple(found)


def head_class(tree: Tree, index: int) -> str | None:
    """The class that token `index` gives its noun phrase; None when that is no actor or place."""
    if tree.pos[index] not in {"NOUN", "PROPN"} or not tree.words[index][:1].isalpha() or tree.dep[index] in _INNER:
        return None
    if tree.dep[index] == "nmod" or (tree.head[index] == index + 1 and tree.dep[index] == "poss"):
        return None
    word = tree.lower[index]
    kind = _compound_class(tree, index) or noun_class(word)
    if kind is None and "-" in word:
        word = word.rsplit("-", 1)[1]
        kind = noun_class(word)
    kind = kind or _person_by_form(tree, index, word)
    if kind is None:
        return None
    if not _condition(tree, index, word):
        otherwise = _otherwise().get(singular(word))
        if not any(tree.dep[k] in {"det", "poss"} for k in tree.kids[index] if k < index):
            return None
        if otherwise is None and not any(tree.lower[k] == "the" for k in tree.kids[index] if k < index):
            return None
        kind = otherwise or kind
    determiners = {
        tree.lower[k]
        for k in tree.kids[index]
        if k < index and tree.dep[k] in {"det", "poss", "nummod", "amod", "compound"}
    }
    if determiners & listed("determiners", "never"):
        return None
    bare = not determiners and tree.tag[index] not in _PLURAL_TAGS and word not in listed("nominals", "collective")
    if bare and not _bare_allowed(tree, index, kind):
        return None
    return kind


def _person_by_form(tree: Tree, index: int, word: str) -> str | None:
    """The class of an unlisted noun that is made like one for a person: "a neurologist", "one blogger admitted".

    Endings that things have too ("letter") count only for the subject of a verb of saying.
    """
    single = word.removesuffix("s") if tree.tag[index] in _PLURAL_TAGS else word
    if single in word_set("not_actors.txt"):
        return None
    speaks = tree.dep[index] == "nsubj" and tree.lemma[tree.head[index]] in reporting_verbs()
    if single.endswith(_PERSONAL) or (speaks and single.endswith(_OFTEN_PERSONAL)):
        return "Person" if single == word else "Group"
    return None


def _has_article(tree: Tree, index: int) -> bool:
    """Is this "the mayor" of "the mayor John Smith", and no mere title before the name?"""
    return any(tree.dep[k] in {"det", "poss"} for k in tree.kids[index] if k < index)


def _compound_class(tree: Tree, index: int) -> str | None:
    """The class that two nouns together give: "the coast | guard" → SecurityForce."""
    if index == 0 or tree.head[index - 1] != index or tree.dep[index - 1] != "compound":
        return None
    pair = f"{tree.lower[index - 1]} {singular(tree.lower[index])}"
    return word_table("organizations.tsv").get(pair) or word_table("place_words.tsv").get(pair)


def _condition(tree: Tree, index: int, word: str) -> bool:
    """Is the condition met under which the list has this noun?"""
    when = _conditions().get(singular(word))
    plural = tree.tag[index] in _PLURAL_TAGS
    if when is None or when in {"plural", "single"}:
        return when is None or plural == (when == "plural")
    kids = tree.kids[index]
    if when == "definite":
        return not plural and any(tree.lower[k] == "the" or tree.dep[k] == "poss" for k in kids if k < index)
    pronouns = listed("determiners", "possessive")
    deps = {tree.dep[k] for k in kids if k < index and not (tree.dep[k] == "poss" and tree.lower[k] in pronouns)}
    if when == "of":
        return bool(deps & {"compound", "poss"}) or any(tree.lower[k] in {"of", "for"} for k in kids if k > index)
    return plural or bool(deps & ({"compound", "poss", "amod"} if when == "modified" else {"compound", "poss"}))


def _bare_allowed(tree: Tree, index: int, kind: str) -> bool:
    """May a singular noun without determiner refer: "mayor of Calais", "police", "X, head of Y"; not "in prison"."""
    if kind == "Person":
        behind = any(tree.dep[k] == "prep" and tree.lower[k] in {"of", "for", "at", "in"} for k in tree.kids[index])
        return (
            behind
            or tree.dep[index] in {"appos", "attr"}
            or (tree.dep[index] in {"nsubj", "nsubjpass", "conj"} and tree.pos[index] == "NOUN")
        )
    if kind in {"Group", "SecurityForce"}:
        return tree.dep[index] in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "appos", "poss", "ROOT"}
    if kind in {"GovernmentBody", "Organization", "Company", "NGO", "PoliticalParty", "MediaOrganization"}:
        return tree.dep[index] in {"nsubj"} and tree.pos[index] == "PROPN"
    return False


def _counted(tree: Tree, index: int, inside: bytearray) -> tuple[int, int] | None:
    """The people in "hundreds of people", "most of the migrants": (their noun, end of the phrase)."""
    if tree.dep[index] in _INNER:
        return None
    of = next((k for k in tree.kids[index] if k == index + 1 and tree.lower[k] == "of"), None)
    if of is None:
        return None
    noun = tree.child(of, "pobj")
    if noun is None or inside[noun] or noun_class(tree.lower[noun]) not in {"Person", "Group"}:
        return None
    return noun, noun + 1


def _nominal(tree: Tree, index: int, kind: str, noun: str, end: int | None, names: Sequence[Span]) -> Nominal:
    left = _left(tree, index)
    stop, owner = end or index + 1, left.owner
    if end is None and kind in {"Person", "Group"}:
        stop, complement = _complement(tree, index, names)
        owner = owner or complement
    return Nominal(
        Span(left.start, stop, index, "nominal", kind),
        singular(noun),
        tree.tag[index] in _PLURAL_TAGS or noun in listed("nominals", "collective") or end is not None,
        "number" if end is not None else left.determiner,
        frozenset(left.modifiers),
        owner,
        left.number,
        end is None and not _condition(tree, index, noun) and singular(noun) not in _otherwise(),
        left.possessor,
    )


@dataclass(slots=True)
class _Left:
    """What stands before a head noun, and where it starts."""

    start: int
    determiner: str = "none"
    owner: str = ""
    number: str = ""
    possessor: int | None = None
    modifiers: set[str] = field(default_factory=set)


def _left(tree: Tree, index: int) -> _Left:
    left = _Left(index)
    definite = listed("determiners", "definite")
    for kid in reversed([k for k in tree.kids[index] if k < index]):
        dep, word = tree.dep[kid], tree.lower[kid]
        if (
            dep not in _LEFT
            or tree.last[kid] != left.start - 1
            or (dep == "punct" and word in _DASHES and _apart(tree, kid))
        ):
            break
        if _clausal(tree, kid):
            break
        left.start = tree.first[kid]
        if dep == "nummod":
            left.number = " ".join(tree.lower[left.start : kid + 1])
            left.determiner = "number" if left.determiner == "none" else left.determiner
        elif dep == "poss":
            left.owner = " ".join(w for w in tree.lower[left.start : kid + 1] if w not in definite)
            left.determiner, left.possessor = "possessive", kid
        elif word in definite:
            left.determiner = "definite"
        elif word in listed("determiners", "indefinite"):
            left.determiner = "indefinite"
        elif dep in {"amod", "compound", "nmod"}:
            left.modifiers.add(word)
            left.modifiers.update(
                tree.lower[k] for k in tree.kids[kid] if tree.dep[k] in {"amod", "compound"} and k < kid
            )
    while left.start < index and (tree.words[left.start] in _MARKS or tree.words[left.start].isspace()):
        left.start += 1
    return left


def _apart(tree: Tree, index: int) -> bool:
    """Does a dash stand between spaces, as behind a place of writing: "LUNDEN - European leaders"?"""
    return index > 0 and tree.end[index - 1] < tree.start[index]


def _clausal(tree: Tree, kid: int) -> bool:
    """Does the parser hang a clause, or a pronoun, on the noun: "she and the | members", which is no modifier?"""
    if tree.pos[kid] == "PRON" and tree.dep[kid] != "poss":
        return True
    part = range(tree.first[kid], kid + 1)
    return len(part) > _LONG or any(tree.dep[i] in {"nsubj", "mark", "aux", "dobj"} for i in part)


def _complement(tree: Tree, index: int, names: Sequence[Span]) -> tuple[int, str]:
    """The end of "mayor | of Calais", with the words of the complement, if there is a short one."""
    of = index + 1
    if of >= tree.n or tree.lower[of] not in {"of", "for"} or tree.pos[of] != "ADP":
        return index + 1, ""
    noun = tree.child(of, "pobj")
    if noun is None or (tree.lower[of] == "for" and tree.pos[noun] != "PROPN"):
        return index + 1, ""
    end = noun + 1
    name = next((n for n in names if n.start <= noun < n.end), None)
    if name is not None:
        end = name.end
    if end - index > 8 or any("\n" in word for word in tree.words[index:end]):
        return index + 1, ""
    articles = {"a", "an", *listed("determiners", "definite")}
    words = [w for w in tree.lower[index + 2 : end] if w not in articles]
    return end, " ".join(words)


@cache
def _conditions() -> dict[str, str]:
    return {row[0]: row[2] for row in resources.table("en", "heads.tsv") if len(row) > 2}


@cache
def _otherwise() -> dict[str, str]:
    return {row[0]: row[3] for row in resources.table("en", "heads.tsv") if len(row) > 3}


@cache
def _counting() -> frozenset[str]:
    section = resources.toml("en", "syntax.toml")["counting"]
    nouns = section["nouns"] if isinstance(section, dict) else []
    return frozenset(nouns)
