"""What `repair` puts right around verbs: what belongs to which, whose report it is.

A rule returns the right head and label of a token, or None.
"""

from kg.parse.lexicons import word_table
from kg.parse.name_words import noun_class
from kg.parse.repair_nouns import KINDS, NOMINAL, SUBJECTS, Rule, is_person
from kg.parse.tree import Tree

_ACTORS = frozenset({"PERSON", "ORG", "NORP"})
_QUOTES = frozenset({'"', "”", "''"})
_AUXILIARIES = frozenset({"had", "has", "have", "'d", "'ve", "would", "will"})
_THERE = frozenset({"in", "at", "on", "near", "outside", "during", "before", "after"})
_FINDING = frozenset({"find", "declare", "hold", "deem", "render", "leave", "judge", "pronounce", "consider"})


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
    subject = tree.child(tree.head[i], *SUBJECTS)
    timely = tree.doc[i if tree.dep[i] == "npadvmod" else tree.child(i, "pobj") or i].ent_type_ in ("DATE", "TIME")
    return (verb, tree.dep[i]) if report and timely and subject is not None and subject > i else None


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
    actor = tree.doc[doer].ent_type_ in _ACTORS or noun_class(tree.lower[doer]) in KINDS
    return (target, "prep") if actor else None


def met_there(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "met Ann Lee | in Edinburgh": a person's name has no place of its own, the meeting has."""
    head = tree.head[i]
    verb = tree.head[head] if tree.dep[head] == "dobj" else tree.head[tree.head[head]]
    inner = tree.child(i, "pobj")
    if tree.lower[i] not in _THERE or not is_person(tree, head) or inner is None or i < head:
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
    for k in tree.kids[tree.head[i]]:
        if tree.dep[k] == "nsubj" and k > i and tree.first[k] == i + 1 and tree.pos[i] in NOMINAL:
            return k, "compound"
    return None


def quoted_subject(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Safe travels," wrote the chief: the verb has a subject behind it, so what is quoted is none."""
    verb = tree.head[i]
    closed = any(tree.words[k] in _QUOTES for k in range(i + 1, verb))
    behind = any(tree.dep[k] in SUBJECTS and k > verb for k in tree.kids[verb])
    return (verb, "ccomp") if i < verb and closed and behind else None


def with_the_main_verb(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "denied that they had fled and | accused the rebels": a past tense goes with a past tense."""
    lower = tree.head[i]
    upper = tree.head[lower]
    if tree.dep[lower] != "ccomp" or tree.tag[i] != "VBD" or tree.tag[upper] != "VBD" or upper > lower:
        return None
    own = any(tree.dep[k] in (*SUBJECTS, "aux", "auxpass") for k in tree.kids[i])
    perfect = any(tree.dep[k] == "aux" and tree.lower[k] in _AUXILIARIES for k in tree.kids[lower])
    return (upper, "conj") if perfect and not own and tree.child(i, "dobj") is not None else None


def parenthetic(tree: Tree, verb: int) -> tuple[int, int] | None:
    """Return where "X, they said, is Y" is parted, and its own verb: said has a subject too many, "is" has none."""
    report = tree.child(verb, "ccomp")
    found = [k for k in tree.kids[verb] if tree.dep[k] == "nsubj"]
    if report is None or report < verb or len(found) != 2 or any(tree.dep[k] in SUBJECTS for k in tree.kids[report]):
        return None
    between = min(found[1], verb)
    return next(((k, report) for k in range(found[0] + 1, between) if tree.words[k] == ","), None)


def around_the_speaker(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Lee, | detectives said, is not related to Park": what stands before a parenthesis goes on behind it."""
    found = parenthetic(tree, tree.head[i]) if i < tree.head[i] else None
    return (found[1], tree.dep[i]) if found is not None and i < found[0] else None


def told_by_the_text(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "said it would pay, and | Rome has sent aid": after "said", a report is in the past, the text may not be."""
    lower = tree.head[i]
    upper = tree.head[lower]
    if tree.dep[lower] != "ccomp" or tree.tag[upper] != "VBD" or upper > lower:
        return None
    own = tree.child(i, *SUBJECTS)
    present = tree.tag[i] in ("VBZ", "VBP") or any(tree.lower[k] in ("has", "have", "is", "are") for k in tree.kids[i])
    past = tree.tag[lower] == "VBD" or any(tree.lower[k] in ("would", "had", "was", "were") for k in tree.kids[lower])
    parted = own is not None and any(tree.words[k] == "," for k in range(lower, own))
    quoted = any(tree.words[k] in _QUOTES or tree.words[k] == "“" for k in range(upper, i))
    return (upper, "conj") if present and past and parted and not quoted else None


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


VERB_RULES: dict[str, tuple[Rule, ...]] = {
    "ccomp": (reported_before_semicolon, found_guilty),
    "prep": (accused_of, met_there, of_the_verb, done_by, within_the_report, time_of_saying),
    "agent": (done_by,),
    "nsubj": (before_the_subject, subject_of_participle, quoted_subject, around_the_speaker, judged),
    "advcl": (within_the_report,),
    "npadvmod": (within_the_report, time_of_saying),
    "aux": (around_the_speaker,),
    "advmod": (around_the_speaker,),
    "csubj": (clause_of_participle,),
    "conj": (with_the_main_verb, told_by_the_text),
}
"""The rules by the label that the parser gave."""
