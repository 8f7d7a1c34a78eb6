"""What `repair` puts right, a rule for each mistake; a rule returns the right head and label, or None."""

from collections.abc import Callable

from kg.parse.lexicons import word_table
from kg.parse.name_words import is_title, noun_class
from kg.parse.tree import Tree

Rule = Callable[[Tree, int], tuple[int, str] | None]

_ACTORS = frozenset({"PERSON", "ORG", "NORP"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})
_KINDS = frozenset({
    "Person", "Group", "Organization", "GovernmentBody", "SecurityForce", "Company", "NGO", "PoliticalParty",
    "InternationalOrganization", "MediaOrganization",
})  # fmt: skip
_NOMINAL = ("NOUN", "PROPN")
_QUOTES = frozenset({'"', "”", "''"})
_SUBJECTS = ("nsubj", "nsubjpass")
_AUXILIARIES = frozenset({"had", "has", "have", "'d", "'ve", "would", "will"})
_THERE = frozenset({"in", "at", "on", "near", "outside", "during", "before", "after"})
_FINDING = frozenset({"find", "declare", "hold", "deem", "render", "leave", "judge", "pronounce", "consider"})


def title_of(tree: Tree, i: int) -> int | None:
    """Return the title that a name hangs on, though it is the head: "commander Vice Admiral | Quiambao said".

    Also that of two titles with one article ("the singer and composer | Ann Lee").
    """
    if not _is_person(tree, i) or tree.pos[i] != "PROPN" or tree.sentence(i)[0] == tree.first[i]:
        return None
    dep, title, before = tree.dep[i], tree.head[i], tree.first[i] - 1
    if dep == "appos" and title == before:
        return title if _titles(tree, title) and tree.head[title] != i else None
    if dep == "conj" and title < before and tree.dep[before] == "cc" and _titles(tree, title):
        return title if noun_class(tree.lower[tree.first[i]]) == "Person" and tree.tag[title] == "NN" else None
    return None


def _titles(tree: Tree, i: int) -> bool:
    if any(tree.dep[k] == "poss" for k in tree.kids[i]):
        return False  # "his father | Ali Khan" is an apposition
    return not _is_person(tree, i) and (is_title(tree.words[i]) or noun_class(tree.lower[i]) == "Person")


def reported_before_semicolon(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Rome accused Paris; Paris denied it": what a semicolon parts from a verb is not what it reports.

    Nor what a colon parts from one that has its report behind it: "Not all agree: Lee argued that …".
    """
    verb = tree.head[i]
    behind = any(tree.dep[k] == "ccomp" and k > verb for k in tree.kids[verb])
    marks = (";", ":") if behind else (";",)
    return (i, "parataxis") if i < verb and any(tree.words[k] in marks for k in range(i + 1, verb)) else None


def time_of_saying(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "said | on Tuesday it would buy its rival": right behind the verb of saying, before the report begins."""
    verb = tree.head[tree.head[i]]
    report = tree.dep[tree.head[i]] == "ccomp" and verb < i < tree.head[i] and tree.first[i] == verb + 1
    subject = tree.child(tree.head[i], *_SUBJECTS)
    timely = tree.doc[i if tree.dep[i] == "npadvmod" else tree.child(i, "pobj") or i].ent_type_ in ("DATE", "TIME")
    return (verb, tree.dep[i]) if report and timely and subject is not None and subject > i else None


def participle_of_number(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "around 800 in the camp | dismantled": a bare number has no participle, the noun before it has."""
    head = tree.head[i]
    if tree.tag[i] in ("VBN", "VBD") and tree.pos[head] == "NUM" and head < i - 1 and tree.pos[i - 1] in _NOMINAL:
        return i - 1, "acl"
    return None


def accused_of(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "accused the rebels | of shelling the town": a person is not "of doing"."""
    head = tree.head[i]
    of = tree.lower[i] == "of" and tree.child(i, "pcomp") is not None and tree.dep[head] == "dobj"
    return (tree.head[head], "prep") if of and noun_class(tree.lower[head]) in ("Person", "Group") else None


def done_by(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "criticised the arrest | by police": an active verb has no doer beside its subject; the object has one."""
    verb, doer = tree.head[i], tree.child(i, "pobj")
    target = tree.child(verb, "dobj")
    if tree.lower[i] != "by" or doer is None or target is None or tree.pos[target] != "NOUN":
        return None
    if tree.last[target] + 1 != i or any(tree.dep[k] in ("auxpass", "nsubjpass") for k in tree.kids[verb]):
        return None
    actor = tree.doc[doer].ent_type_ in _ACTORS or noun_class(tree.lower[doer]) in _KINDS
    return (target, "prep") if actor else None


def met_there(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "met Ann Lee | in Edinburgh": a person's name has no place of its own, the meeting has."""
    head = tree.head[i]
    verb = tree.head[head] if tree.dep[head] == "dobj" else tree.head[tree.head[head]]
    inner = tree.child(i, "pobj")
    if tree.lower[i] not in _THERE or not _is_person(tree, head) or inner is None or i < head:
        return None
    placed = tree.dep[head] in ("dobj", "pobj") and verb < head and tree.pos[verb] == "VERB"
    return (verb, "prep") if placed and tree.doc[inner].ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME") else None


def of_the_verb(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "blamed the violence | on students": some verbs have a preposition of their own behind their object."""
    target = tree.head[i]
    verb = tree.head[target]
    closed = tree.last[i] + 1 >= tree.n or tree.pos[tree.last[i] + 1] in ("PUNCT", "SPACE", "CCONJ")
    if tree.dep[target] != "dobj" or target > i or not (tree.last[target] == tree.last[i] or closed):
        return None
    own = word_table("verb_prepositions.tsv").get(tree.lemma[verb], "").split()
    return (verb, "prep") if tree.lower[i] in own else None


def subject_of_participle(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Writing in May, | Lee called it …": the subject of a participle doesn't follow it."""
    head = tree.head[i]
    behind = tree.dep[head] == "csubj" and tree.tag[head] == "VBG" and i > head
    return (tree.head[head], "nsubj") if behind else None


def clause_of_participle(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Writing in May, Lee called it …": a participle with a comma before the subject is no subject itself."""
    subject = tree.child(i, "nsubj") if tree.tag[i] == "VBG" else None
    return (tree.head[i], "advcl") if subject is not None and subject > i else None


def before_the_subject(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "said Coast Guard | Lt. Ruiz": of two subjects side by side the first only describes the second."""
    following = tree.last[i] + 1
    for k in tree.kids[tree.head[i]]:
        if tree.dep[k] == "nsubj" and k > i and tree.first[k] == following and tree.pos[i] in _NOMINAL:
            return k, "compound"
    return None


def quoted_subject(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Safe travels," wrote the chief: the verb has a subject behind it, so what is quoted is none."""
    verb = tree.head[i]
    closed = any(tree.words[k] in _QUOTES for k in range(i + 1, verb))
    behind = any(tree.dep[k] in _SUBJECTS and k > verb for k in tree.kids[verb])
    return (verb, "ccomp") if i < verb and closed and behind else None


def person_beside_place(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "At a school in Nacala, nurse Abdala said …": a place is no person, and the verb needs a subject."""
    head = tree.head[i]
    if not _is_person(tree, i) or tree.doc[head].ent_type_ not in _PLACES:
        return None
    for verb in tree.ancestors(head):
        bare = tree.tag[verb] in ("VBD", "VBZ", "VBP") and not any(tree.dep[k] in _SUBJECTS for k in tree.kids[verb])
        if bare and i < verb:
            return verb, "nsubj"
    return None


def person_beside_role(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "the founder of Acme, | Ann Lee": a person is in apposition to a person."""
    head = tree.head[i]
    if not _is_person(tree, i) or tree.dep[head] != "pobj" or _is_person(tree, head):
        return None
    upper = tree.head[tree.head[head]]
    if noun_class(tree.lower[head]) == "Person":
        return None
    return (upper, "appos") if tree.pos[upper] in _NOMINAL and noun_class(tree.lower[upper]) == "Person" else None


def role_of_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Ann Lee, D-Ariz., | chairman of the panel": a role is a person's, not that of what stands between."""
    head = tree.head[i]
    if tree.pos[i] != "NOUN" or noun_class(tree.lower[i]) != "Person" or tree.dep[head] != "appos":
        return None
    upper = tree.head[head]
    between = _is_person(tree, head) or noun_class(tree.lower[head]) in _KINDS
    return (upper, "appos") if _is_person(tree, upper) and not between else None


def person_beside_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Lyon and the trade minister, | Ann Lee": a name goes with the role before it, not with a name."""
    head = tree.head[i]
    if not _is_person(tree, i) or not _is_person(tree, head):
        return None
    for k in tree.conjuncts(head)[1:]:
        role = tree.pos[k] == "NOUN" and noun_class(tree.lower[k]) == "Person" and not _is_person(tree, k)
        if role and head < k < i and tree.words[tree.first[i] - 1] == ",":
            return k, "appos"
    return None


def name_behind_noun(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "chairman of the exporters' association | Frutasur": a name without a comma names the noun before it."""
    before, head = tree.first[i] - 1, tree.head[i]
    if before <= head or tree.pos[before] != "NOUN" or tree.pos[i] != "PROPN" or noun_class(tree.lower[before]) is None:
        return None
    return (before, "appos") if head in tree.ancestors(before) else None


def name_of_object(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "told the broadcaster | TV Nord that …": a name right behind an object names it."""
    before = tree.first[i] - 1
    beside = before >= 0 and tree.dep[before] == "dobj" and tree.head[before] == tree.head[i]
    named = tree.pos[i] == "PROPN" and beside and tree.pos[before] == "NOUN"
    return (before, "appos") if named and noun_class(tree.lower[before]) is not None else None


def role_with_role(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "the head of the region and | mayor of Calais": persons are coordinated with persons."""
    lower = tree.head[i]
    preposition = tree.head[lower]
    if tree.pos[i] != "NOUN" or tree.dep[lower] != "pobj" or tree.dep[preposition] != "prep":
        return None
    if tree.pos[lower] != "NOUN" or noun_class(tree.lower[i]) != "Person":
        return None
    if noun_class(tree.lower[lower]) in (None, "Person", "Group"):
        return None
    upper = tree.head[preposition]
    return (upper, "conj") if tree.pos[upper] == "NOUN" and noun_class(tree.lower[upper]) == "Person" else None


def participle_with_participle(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "a campaign, financed by Gavi and | run by the ministry": a participle goes with one, not with a noun."""
    noun = tree.head[i]
    participle = tree.tag[i] in ("VBN", "VBD") or tree.child(i, "agent") is not None
    if tree.pos[noun] not in _NOMINAL or not participle or tree.pos[i] != "VERB":
        return None
    before = [k for k in tree.kids[noun] if tree.dep[k] == "acl" and tree.tag[k] == "VBN" and noun < k < i]
    return (before[-1], "conj") if before else None


def with_the_main_verb(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "denied that they had fled and | accused the rebels": a past tense goes with a past tense."""
    lower = tree.head[i]
    upper = tree.head[lower]
    if tree.dep[lower] != "ccomp" or tree.tag[i] != "VBD" or tree.tag[upper] != "VBD" or upper > lower:
        return None
    own = any(tree.dep[k] in (*_SUBJECTS, "aux", "auxpass") for k in tree.kids[i])
    perfect = any(tree.dep[k] == "aux" and tree.lower[k] in _AUXILIARIES for k in tree.kids[lower])
    return (upper, "conj") if perfect and not own and tree.child(i, "dobj") is not None else None


def parenthetic(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Return where "X, they said, is Y" is parted, and its own verb: said has a subject too many, "is" has none."""
    report = tree.child(verb, "ccomp")
    found = [k for k in tree.kids[verb] if tree.dep[k] == "nsubj"]
    if report is None or report < verb or len(found) != 2 or any(tree.dep[k] in _SUBJECTS for k in tree.kids[report]):
        return None
    between = min(found[1], verb)
    return next(((k, report) for k in range(found[0] + 1, between) if tree.words[k] == ","), None)


def around_the_speaker(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Lee, | detectives said, is not related to Park": what stands before a parenthesis goes on behind it."""
    found = parenthetic(tree, tree.head[i]) if i < tree.head[i] else None
    return (found[1], tree.dep[i]) if found is not None and i < found[0] else None


def within_the_report(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "It sank | after its cargo shifted, the guard said": all before the speaker is reported."""
    verb = tree.head[i]
    report, speaker = tree.child(verb, "ccomp"), tree.child(verb, "nsubj")
    if report is None or speaker is None or not report < i < speaker or speaker > verb + 8:
        return None
    return (report, tree.dep[i]) if not any(tree.words[k] in _QUOTES for k in range(report, speaker)) else None


def judged(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "found the firm | guilty": whom a court finds guilty is its object."""
    adjective = tree.head[i]
    verb = tree.head[adjective]
    if tree.dep[adjective] != "ccomp" or tree.pos[adjective] != "ADJ" or tree.lemma[verb] not in _FINDING:
        return None
    plain = not any(tree.dep[k] in ("aux", "mark", "cop") for k in tree.kids[adjective])
    return (verb, "dobj") if plain and verb < i < adjective else None


def found_guilty(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "found the firm | guilty": the adjective is what the verb says of its object."""
    subject = tree.child(i, "nsubj")
    return (tree.head[i], "oprd") if subject is not None and judged(tree, subject) is not None else None


def who_is_a_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "a photographer for the daily El Día, | who was struck": "who" is the person, not what it belongs to."""
    head = tree.head[i]
    subject = tree.child(i, *_SUBJECTS)
    thing = tree.doc[head].ent_type_ in {*_PLACES, "ORG", "EVENT", "PRODUCT", "WORK_OF_ART"}
    if subject is None or tree.lower[subject] != "who" or not thing or tree.dep[head] != "pobj":
        return None
    upper = tree.head[tree.head[head]]
    person = tree.pos[upper] in _NOMINAL and noun_class(tree.lower[upper]) in ("Person", "Group")
    return (upper, "relcl") if person or _is_person(tree, upper) else None


def _is_person(tree: Tree, i: int) -> bool:
    return bool(tree.doc[i].ent_type_ == "PERSON")


RULES: dict[str, tuple[Rule, ...]] = {
    "ccomp": (reported_before_semicolon, found_guilty),
    "acl": (participle_of_number,),
    "prep": (accused_of, met_there, of_the_verb, done_by, within_the_report, time_of_saying),
    "agent": (done_by,),
    "nsubj": (before_the_subject, subject_of_participle, quoted_subject, around_the_speaker, judged),
    "advcl": (within_the_report,),
    "npadvmod": (within_the_report, time_of_saying),
    "aux": (around_the_speaker,),
    "advmod": (around_the_speaker,),
    "csubj": (clause_of_participle,),
    "appos": (person_beside_place, role_of_person, person_beside_role, person_beside_person, name_behind_noun),
    "dobj": (name_of_object,),
    "conj": (role_with_role, participle_with_participle, with_the_main_verb),
    "relcl": (who_is_a_person,),
}
"""The rules by the label that the parser gave."""
