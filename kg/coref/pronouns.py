"""Pronouns of the third person: which entity they stand for, by a small learned ranker.

A log-linear model weighs every entity met before against the others and against "none of them"; it was fitted by
`scripts/fit_pronouns.py` on openly licensed text, and its weights are in `lang/en/pronouns.json`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from kg import resources
from kg.coref.drafts import Draft
from kg.coref.features import PRONOUNS, Features, Setting, Trail
from kg.coref.nominals import head_class
from kg.parse.name_words import coarse
from kg.parse.spans import Span
from kg.parse.tree import Tree

_REACH = 5
_MOST = 14
_BESIDE = 6


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun with its candidates, each with its features; the last features are those of "none"."""

    pronoun: int
    trails: tuple[Trail, ...]
    features: tuple[Features, ...]


class Reader:
    """Walks through a document and asks what each pronoun stands for."""

    def __init__(self, tree: Tree, drafts: Sequence[Draft]) -> None:
        """Begin before the first token."""
        self.tree = tree
        self.setting = Setting(tree)
        self.trails = [Trail(draft, -1) for draft in drafts]
        self.mentions = sorted((span.head, number) for number, draft in enumerate(drafts) for span in draft.spans)
        self.position = 0

    def questions(self) -> Iterator[Question]:
        """The pronouns in order; call `answer` for each before the next one."""
        for index in range(self.tree.n):
            if self.tree.lower[index] in PRONOUNS and self.tree.pos[index] in {"PRON", "DET"}:
                self._advance(index)
                yield self._question(index)

    def _advance(self, index: int) -> None:
        while self.position < len(self.mentions) and self.mentions[self.position][0] < index:
            head, number = self.mentions[self.position]
            trail = self.trails[number]
            if not self._apposed(trail.last, head):
                trail.last = head
            trail.count, trail.pronoun = trail.count + 1, False
            self.position += 1

    def _apposed(self, last: int, head: int) -> bool:
        """Does a mention stand beside the last one of its entity, which has the role: "His son | John"?"""
        if last < 0 or head - last > _BESIDE or self.tree.sent[head] != self.tree.sent[last]:
            return False
        return self.setting.role[head] == "other" and self.setting.role[last] != "other"

    def answer(self, pronoun: int, trail: Trail) -> None:
        """Note that `pronoun` stands for the entity of `trail`."""
        trail.last, trail.count, trail.pronoun = pronoun, trail.count + 1, True
        gender = PRONOUNS[self.tree.lower[pronoun]]
        if gender in "mf" and trail.draft.kind == "Person" and not trail.draft.gender:
            trail.draft.gender = gender

    def _question(self, index: int) -> Question:
        tree = self.tree
        gender = PRONOUNS[tree.lower[index]]
        near = [t for t in self.trails if t.last >= 0 and tree.sent[index] - tree.sent[t.last] <= _REACH]
        near = [t for t in near if fits(gender, t.draft) and not self.setting.barred(index, t.last)]
        near.sort(key=lambda trail: -trail.last)
        near = near[:_MOST]
        found = []
        for rank, trail in enumerate(near):
            rivals = sum(other.draft.kind == trail.draft.kind for other in near[:rank])
            found.append(self.setting.candidate(index, trail, rank, rivals))
        found.append(self.setting.none(index, len(near)))
        return Question(index, tuple(near), tuple(found))


def fits(gender: str, draft: Draft) -> bool:
    """Can a pronoun of this gender (m, f, n, p) stand for the entity at all?"""
    if gender in "mf":
        return draft.kind == "Person" and not draft.plural and draft.gender in {"", gender}
    if gender == "n":
        return draft.kind != "Person" and not (draft.plural and not draft.named)
    return draft.plural or draft.kind in {"Group", "Organization", "Person"}


def attach(tree: Tree, drafts: Sequence[Draft]) -> None:
    """Add to the drafts the pronouns that stand for them, where the ranker is sure enough."""
    weights, threshold = model()
    reader = Reader(tree, drafts)
    for question in reader.questions():
        led = led_by(tree, question)
        best, probability = (led, 1.0) if led else choose(question, weights)
        if best is not None and probability >= threshold:
            reader.answer(question.pronoun, best)
            span = Span(question.pronoun, question.pronoun + 1, question.pronoun, "pronoun", best.draft.type)
            best.draft.spans.append(span)


def led_by(tree: Tree, question: Question) -> Trail | None:
    """The organisation whose people a sentence goes on with: "The guild called a strike. | Its | chairman" → the guild.

    Only organisations have a chairman, so what else "it" could be there (the strike, a town) is no rival: it is the
    subject of the sentence before, or the only organisation in it. Two others leave the choice to the ranker.
    """
    index = question.pronoun
    beside = _coordinated(tree, index)
    if beside is not None:
        return next((t for t in question.trails if t.last == beside and t.draft.kind == "Person"), None)
    begin = tree.sentence(index)[0]
    owned = tree.head[index]
    if begin != index or not begin or tree.lower[index] != "its" or coarse(head_class(tree, owned) or "") != "Person":
        return None
    before = tree.sent[begin - 1]
    near: list[tuple[Trail, list[int]]] = []
    for trail in question.trails:
        heads = [span.head for span in trail.draft.spans if span.head < index and tree.sent[span.head] == before]
        if trail.draft.kind in {"Organization", "Group"} and heads:
            near.append((trail, heads))
    subjects = [t for t, heads in near if any(_leads(tree, head) for head in heads)]
    found = subjects or [trail for trail, _ in near]
    return found[0] if len(found) == 1 else None


def _coordinated(tree: Tree, index: int) -> int | None:
    """The person whose relative is named along with them: "Ann Lee and | her | cousin" → Lee."""
    owned = tree.head[index]
    if tree.dep[index] != "poss" or tree.lower[index] not in {"his", "her"}:
        return None
    while tree.dep[owned] in {"compound", "nmod", "appos"} and tree.head[owned] != owned:
        owned = tree.head[owned]
    return tree.head[owned] if tree.dep[owned] == "conj" and tree.pos[tree.head[owned]] == "PROPN" else None


def _leads(tree: Tree, head: int) -> bool:
    return tree.dep[head] in {"nsubj", "nsubjpass"} and tree.dep[tree.head[head]] == "ROOT"


def choose(question: Question, weights: dict[str, float]) -> tuple[Trail | None, float]:
    """The likeliest antecedent with its probability; None when "none" is likelier."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in f.items()) for f in question.features]
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    trail = question.trails[best] if best < len(question.trails) else None
    return trail, shares[best] / total


@cache
def model() -> tuple[dict[str, float], float]:
    """The weights of the features and the least probability that is acted on."""
    data = json.loads(resources.language_file("en", "pronouns.json").read_text(encoding="utf-8"))
    return {str(name): float(value) for name, value in data["weights"].items()}, float(data["threshold"])
