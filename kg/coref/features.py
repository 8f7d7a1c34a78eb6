"""What a pronoun and a candidate antecedent have to do with each other, as named numbers for the ranker."""

from dataclasses import dataclass
from math import log2

from kg.coref.drafts import Draft
from kg.parse.name_words import reporting_verbs
from kg.parse.sentences import paragraph_breaks, quotation_marks
from kg.parse.tree import Tree

Features = dict[str, float]

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f", "it": "n",
    "its": "n", "itself": "n", "they": "p", "them": "p", "their": "p", "theirs": "p", "themselves": "p",
}  # fmt: skip
_OFTEN = 2.0  # from three mentions on, more of them say nothing: in news several persons are mentioned often
_IMPERSONAL = frozenset({"be", "seem", "appear", "take", "happen", "turn"})
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj", "attr", "oprd"})


@dataclass(slots=True)
class Trail:
    """A draft as the reader has met it so far: its last mention, how often, and whether that was a pronoun."""

    draft: Draft
    last: int
    count: int = 0
    pronoun: bool = False


class Setting:
    """A document as the ranker sees it: quotation, grammar, and the trails of its entities up to a token."""

    def __init__(self, tree: Tree) -> None:
        """Read what does not depend on the pronoun."""
        self.tree = tree
        self.quoted = _quoted(tree)
        self.paragraph = _paragraphs(tree)
        self.role = [_role(dep) for dep in tree.dep]
        self.plain = [
            tree.pos[i] == "NOUN" and tree.dep[i] not in {"compound", "amod", "npadvmod", "nmod"} for i in range(tree.n)
        ]

    def barred(self, pronoun: int, last: int) -> bool:
        """Does grammar forbid it: subject and object of one verb are two, unless by "himself": "Ortega met her"."""
        tree = self.tree
        if tree.head[pronoun] != tree.head[last] or tree.lower[pronoun] in _REFLEXIVE:
            return False
        return self.role[pronoun] == "object" and self.role[last] == "subject"

    def candidate(self, pronoun: int, trail: Trail, rank: int, rivals: int) -> Features:
        """The features of one antecedent; `rank` counts the fitting entities met later, `rivals` those of its class."""
        tree = self.tree
        gender = PRONOUNS[tree.lower[pronoun]]
        draft, last = trail.draft, trail.last
        distance = min(tree.sent[pronoun] - tree.sent[last], 4)
        role, own = self.role[last], self.role[pronoun]
        kind = f"{gender}{draft.kind}{'' if draft.named else '-'}"
        found = {
            f"kind {kind}": 1.0,
            f"distance {gender} {distance}": 1.0,
            f"rank {gender} {min(rank, 4)}": 1.0,
            f"rivals {kind} {min(rivals, 3)}": 1.0,
            f"role {gender} {role} {min(distance, 2)}": 1.0,
            f"parallel {own} {role} {distance == 0}": 1.0,
            f"count {gender}": min(log2(1 + trail.count), _OFTEN),
        }
        if draft.plural:
            found[f"plural {gender}"] = 1.0
        if draft.gender:
            found[f"gender {draft.gender == gender}"] = 1.0
        elif draft.likely and gender in "mf":
            found[f"likely {draft.likely == gender}"] = 1.0
        found[f"paragraph {gender} {min(self.paragraph[pronoun] - self.paragraph[last], 2)}"] = 1.0
        here = self.paragraph[pronoun] == self.paragraph[last]
        if trail.pronoun:
            found[f"chain {gender} {here}"] = 1.0
        if distance < 2 and self._speaks(pronoun) and self._speaks(last):
            found["speaks again"] = 1.0
        if self.quoted[pronoun] != self.quoted[last]:
            found[f"quote {self.quoted[pronoun] > 0} {gender}"] = 1.0
        self._syntax(pronoun, last, distance, found)
        return found

    def _syntax(self, pronoun: int, last: int, distance: int, found: Features) -> None:
        tree = self.tree
        if distance:
            if tree.sentence(last)[0] == last or (self.role[last] == "subject" and tree.dep[tree.head[last]] == "ROOT"):
                here = self.paragraph[pronoun] == self.paragraph[last]
                found[f"topic {min(distance, 2)} {here}"] = 1.0
            return
        reflexive = tree.lower[pronoun] in _REFLEXIVE
        same = tree.head[pronoun] == tree.head[last]
        if same and self.role[pronoun] != "possessive":
            found[f"coargument {reflexive}"] = 1.0
        if self.role[pronoun] == "possessive" and tree.head[tree.head[pronoun]] == tree.head[last]:
            found[f"own {self.role[last]}"] = 1.0
        if tree.head[last] == pronoun or last in tree.ancestors(pronoun)[:4]:
            found["above"] = 1.0
        if self.role[pronoun] == "subject":
            found.update(self._subjects(pronoun, last))

    def _subjects(self, pronoun: int, last: int) -> Features:
        """Is the candidate the subject above: "Ortega said | she would come"?"""
        tree = self.tree
        verb = tree.head[pronoun]
        above = tree.head[verb]
        if tree.dep[verb] in {"ccomp", "advcl", "conj", "relcl"} and self._subject(above) == last:
            return {f"subject above {tree.dep[verb]}": 1.0, "subject again": 1.0}
        again = self.role[last] == "subject" and tree.head[last] in tree.ancestors(verb)[:3]
        return {"subject again": 1.0} if again else {}

    def _speaks(self, token: int) -> bool:
        """Is the token the subject of a verb of saying, or of one that goes on with another verb of saying?"""
        tree = self.tree
        if self.role[token] != "subject":
            return False
        return any(tree.lemma[v] in reporting_verbs() for v in tree.conjuncts(tree.head[token]))

    def _subject(self, verb: int) -> int | None:
        """The token that is meant to be the subject of a verb: "Devocht, who | told" → "Devocht"."""
        tree = self.tree
        for _ in range(3):
            subject = tree.child(verb, "nsubj", "nsubjpass")
            if subject is not None:
                relative = tree.tag[subject] in {"WP", "WDT"} and tree.dep[verb] == "relcl"
                return tree.head[verb] if relative else subject
            if tree.dep[verb] not in {"conj", "xcomp"}:
                return None
            verb = tree.head[verb]
        return None

    def none(self, pronoun: int, fitting: int) -> Features:
        """The features of "none of these": another thing is meant, or nothing ("it is likely that")."""
        tree = self.tree
        gender = PRONOUNS[tree.lower[pronoun]]
        found = {
            f"none {gender}": 1.0,
            f"none fitting {gender} {min(fitting, 3)}": 1.0,
            f"none role {gender} {self.role[pronoun]}": 1.0,
        }
        if gender == "n":
            found.update(self._expletive(pronoun))
        if self.quoted[pronoun]:
            found[f"none quoted {gender}"] = 1.0
        if gender in "np":
            begin = tree.sentence(max(tree.sentence(pronoun)[0] - 1, 0))[0]
            plural = gender == "p"
            others = [i for i in range(begin, pronoun) if self.plain[i] and (tree.tag[i] == "NNS") == plural]
            found[f"none nouns {gender} {min(len(others), 4)}"] = 1.0
            subjects = sum(self.role[i] == "subject" for i in others)
            found[f"none subjects {gender} {min(subjects, 2)}"] = 1.0
        return found

    def _expletive(self, pronoun: int) -> Features:
        tree = self.tree
        if tree.dep[pronoun] == "expl":
            return {"none expletive": 1.0}
        verb = tree.head[pronoun]
        found: Features = {}
        if self.role[pronoun] == "subject":
            found[f"none verb {tree.lemma[verb] if tree.lemma[verb] in _IMPERSONAL else 'other'}"] = 1.0
            if any(tree.dep[k] in {"ccomp", "xcomp", "advcl", "csubj"} and k > verb for k in tree.kids[verb]):
                found["none clause behind"] = 1.0
            if any(tree.dep[k] == "acomp" for k in tree.kids[verb]):
                found["none adjective behind"] = 1.0
        return found


def _role(dep: str) -> str:
    if dep in _SUBJECTS:
        return "subject"
    if dep in _OBJECTS:
        return "object" if dep != "pobj" else "prepositional"
    return "possessive" if dep == "poss" else "other"


def _paragraphs(tree: Tree) -> list[int]:
    """Return for each token the number of the paragraph that it stands in."""
    breaks = frozenset(paragraph_breaks(tree.words))
    found, number = [], 0
    for index in range(tree.n):
        number += index in breaks
        found.append(number)
    return found


def _quoted(tree: Tree) -> list[int]:
    """For each token: the number of the quotation that it stands in, 0 outside."""
    spaced = [tree.end[i] < tree.start[i + 1] for i in range(tree.n - 1)] + [False]
    marks = quotation_marks(tree.words, spaced)
    inside = 0
    count = 0
    found = []
    for index in range(tree.n):
        kind = marks.get(index)
        if kind == "open":
            count += 1
            inside = count
        elif kind == "close":
            inside = 0
        found.append(inside)
    return found
