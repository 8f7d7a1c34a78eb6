"""Which entity a nominal refers to: the name it stands beside, an earlier one, or one of its own."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from math import log2

from kg.coref.beside import beside, fits
from kg.coref.drafts import Draft, compatible
from kg.coref.nominals import Nominal
from kg.coref.words import gender_of, listed
from kg.parse.lexicons import word_table
from kg.parse.name_words import known_organization, singular
from kg.parse.spans import Span
from kg.parse.tree import Tree

_NEAR = 3
_FAR = 25
_CLEAR = 2
_FINAL = frozenset({".", "!", "?", '"', "”"})


class Joiner:
    """Gathers nominals into the drafts of a document, in order of the text."""

    def __init__(self, tree: Tree, named: Sequence[Draft]) -> None:
        """Begin with the named entities."""
        self.tree = tree
        self.drafts = list(named)
        self.at = {i: draft for draft in named for span in draft.spans for i in range(span.start, span.end)}
        self.heads: dict[int, list[int]] = {}
        self.by_noun: dict[str, list[tuple[Nominal, Draft]]] = {}
        self.headline = _headline(tree)

    def join(self, nominal: Nominal) -> None:
        """Put `nominal` into the draft that it refers to, or a new one."""
        same = beside(self.tree, nominal, self.at)
        draft = same[0] if same else None
        if draft is not None and not known_organization(draft.name.split()):
            draft.refine(nominal.span.type)
        if draft is not None and nominal.determiner == "indefinite":
            self.absorb(draft, self._announced(nominal))
        for other in same[1:]:
            if draft is not None and not other.named:
                self.absorb(draft, other)
        draft = draft or self._nearest(nominal, self._repeated(nominal) or self._anaphoric(nominal))
        if draft is None:
            if nominal.weak:
                return
            draft = Draft(nominal.span.type, self._phrase(nominal.span), plural=nominal.plural)
            self.drafts.append(draft)
        draft.spans.append(nominal.span)
        if id(draft) in self.heads:
            insort(self.heads[id(draft)], nominal.span.head)
        draft.nouns.add(nominal.noun)
        draft.gender = draft.gender or gender_of(nominal.noun)
        self.at[nominal.span.head] = draft
        self.by_noun.setdefault(nominal.noun, []).append((nominal, draft))

    def absorb(self, draft: Draft, other: Draft | None) -> None:
        """Make one entity of two, when there are two and their classes allow it."""
        if other is None or other is draft or draft.plural != other.plural or not compatible(draft.type, other.type):
            return
        draft.spans[:0] = other.spans
        draft.spans.sort(key=lambda span: span.start)
        draft.nouns |= other.nouns
        draft.gender = draft.gender or other.gender
        self.heads.pop(id(draft), None)
        self.drafts = [d for d in self.drafts if d is not other]
        self.by_noun = {n: [(m, draft if d is other else d) for m, d in rows] for n, rows in self.by_noun.items()}
        self.at = {i: draft if holder is other else holder for i, holder in self.at.items()}

    def share_owners(self) -> None:
        """Make one of what belongs to one entity, once pronouns are known: "her mother … Ortega's mother"."""
        holder = {s.head: draft for draft in self.drafts for s in draft.spans if s.kind != "nominal"}
        rows = [
            row for rows in self.by_noun.values() for row in rows if row[0].possessor in holder and not row[0].plural
        ]
        seen: dict[tuple[int, str, frozenset[str]], Draft] = {}
        for nominal, draft in sorted(rows, key=lambda row: row[0].span.start):
            owner = holder[nominal.possessor or 0]
            key = (id(owner), nominal.noun, nominal.modifiers)
            first = seen.get(key, draft)
            if first.named and draft.named:
                continue
            kept, other = (draft, first) if draft.named else (first, draft)
            self.absorb(kept, other)
            seen[key] = kept

    def _phrase(self, span: Span) -> str:
        """The words of a nominal without its article."""
        start = span.start
        while start < span.head and self.tree.lower[start] in {"a", "an", "some", *listed("determiners", "definite")}:
            start += 1
        return self.tree.text(start, span.end)

    def _repeated(self, nominal: Nominal) -> Draft | None:
        """The entity that was called by the same noun, the nearer and more often the likelier: "a camp … the camp"."""
        if nominal.determiner in {"indefinite", "number"}:
            return self._announced(nominal)
        best: tuple[float, Draft] | None = None
        called = [(other, d) for other, d in self.by_noun.get(nominal.noun, ()) if other.plural == nominal.plural]
        lone = len({id(draft) for _, draft in called}) == 1
        for other, draft in reversed(called):
            distance = self._sentences(nominal, other.span.head)
            if distance > _FAR:
                break
            if not self._same(nominal, other) and not (lone and self._loosely(nominal, other, distance)):
                continue
            score = 0.5 * log2(1 + sum(d is draft for _, d in called)) - 0.08 * distance
            if draft.named and nominal.noun not in draft.name.lower():
                score -= 0.5  # the text would rather take it up by its name
            if best is None or score > best[0]:
                best = (score, draft)
        return best[1] if best else None

    def _nearest(self, nominal: Nominal, draft: Draft | None) -> Draft | None:
        """The one of several called by this noun that was named last, and near: else it is not clear which.

        "President Lee met President Park. … the president" is Park in the next two sentences, and nobody later.
        """
        if draft is None or nominal.owner or nominal.modifiers or nominal.plural or nominal.determiner != "definite":
            return draft
        called = {id(d): d for d in self.drafts if _called(d, nominal.noun) and self._before(d, nominal, _FAR)}
        called[id(draft)] = draft
        if len([d for d in called.values() if d.named]) < 2:
            return draft
        last = max(called.values(), key=lambda d: self._last(d, nominal))
        return last if self._before(last, nominal, _CLEAR) else None

    def _announced(self, nominal: Nominal) -> Draft | None:
        """The entity of the headline that the text introduces: "Australian woman claims … | X, an Australian woman"."""
        for other, draft in self.by_noun.get(nominal.noun, ()):
            if other.span.head >= self.headline or draft.named or other.determiner not in {"none", "number"}:
                continue
            if (
                other.plural == nominal.plural
                and other.number == nominal.number
                and nominal.modifiers >= other.modifiers
            ):
                return draft
        return None

    def _same(self, nominal: Nominal, other: Nominal) -> bool:
        """Can the later phrase take up the earlier one, by owner, modifiers and number?"""
        if nominal.owner and nominal.owner != other.owner:
            return False
        if not listed("determiners", "possessive").isdisjoint(nominal.owner.split()):
            return False
        if nominal.number and nominal.number != other.number:
            return False
        if nominal.determiner in {"definite", "possessive"} or self._official(nominal):
            return nominal.modifiers <= other.modifiers
        if other.determiner not in {"none", "definite"} or other.owner != nominal.owner:
            return False
        return nominal.modifiers == other.modifiers

    def _loosely(self, nominal: Nominal, other: Nominal, distance: int) -> bool:
        """May "the temporary camp" take up "a new migrant camp"? Yes while it is the only camp, and near."""
        if nominal.determiner != "definite" or nominal.plural or nominal.owner or nominal.number or distance > _NEAR:
            return False
        if nominal.span.type == "Person":
            return False  # "the minister … the prime minister" are two
        if other.number or other.owner or not listed("nominals", "contrast").isdisjoint(nominal.modifiers):
            return False
        return not any(word[:1].isupper() for word in self.tree.words[nominal.span.start + 1 : nominal.span.head])

    def _official(self, nominal: Nominal) -> bool:
        """Are these "police", "authorities": powers that a text means one of, without an article too?"""
        if nominal.span.type not in {"SecurityForce", "GovernmentBody"} or nominal.determiner != "none":
            return False
        called = {id(d) for other, d in self.by_noun.get(nominal.noun, ()) if other.plural == nominal.plural}
        return not nominal.modifiers and len(called) <= 1

    def _anaphoric(self, nominal: Nominal) -> Draft | None:
        """The named entity that a definite noun takes up: "Calais … the town", "President Obama … the president"."""
        official = self._official(nominal)
        if nominal.owner or nominal.number or nominal.modifiers:
            return None
        if not official and (nominal.determiner != "definite" or nominal.plural):
            return None
        called = [d for d in self.drafts if d.named and _called(d, nominal.noun) and self._before(d, nominal, _FAR)]
        if official:
            return called[0] if len(called) == 1 else None
        if called:
            return max(called, key=lambda d: self._last(d, nominal))
        classes = word_table("anaphors.tsv").get(nominal.noun, "").split()
        near = [d for d in self.drafts if d.named and d.type in classes and not d.plural and fits(nominal, d)]
        near = [d for d in near if self._before(d, nominal, _NEAR) and _may_be(d, nominal.noun)]
        if not near or sum(self._before(d, nominal, 1) for d in near) > 1:
            return None
        return max(near, key=lambda d: self._last(d, nominal))

    def _sentences(self, nominal: Nominal, position: int) -> int:
        return self.tree.sent[nominal.span.head] - self.tree.sent[position]

    def _last(self, draft: Draft, nominal: Nominal) -> int:
        """The last mention of the draft before the nominal, -1 when there is none."""
        heads = self.heads.setdefault(id(draft), [s.head for s in draft.spans])
        place = bisect_left(heads, nominal.span.start)
        return heads[place - 1] if place else -1

    def _before(self, draft: Draft, nominal: Nominal, sentences: int) -> bool:
        last = self._last(draft, nominal)
        return last >= 0 and self._sentences(nominal, last) <= sentences


def _headline(tree: Tree) -> int:
    """The end of a first line without final punctuation, 0 when there is none."""
    end = tree.sentence(0)[1] if tree.n else 0
    words = [word for word in tree.words[:end] if not word.isspace()]
    return end if end < tree.n and words and words[-1] not in _FINAL else 0


def _called(draft: Draft, noun: str) -> bool:
    """Does the text, or the name itself, call the entity by this noun: "Durham University" a university?"""
    if any(singular(other) == noun for other in draft.nouns):
        return True
    words = [word.lower() for word in draft.name.split()]
    if draft.kind not in {"Organization", "Place"} or len(words) < 2:
        return False
    if draft.type == "SecurityForce":
        return noun in words
    before_of = words[words.index("of") - 1] if "of" in words[1:] else ""
    return noun in {words[-1], before_of}


def _may_be(draft: Draft, noun: str) -> bool:
    """Does the gazetteer allow that the place is what the noun says: is "the capital" one?"""
    return noun != "capital" or draft.link is None or draft.link.place.feature == "PPLC"
