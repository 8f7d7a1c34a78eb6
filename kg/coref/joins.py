"""Which entity a nominal refers to: the name it stands beside, an earlier one, or one of its own."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from math import log2

from kg.coref.drafts import Draft, compatible
from kg.coref.nominals import Nominal, singular
from kg.parse.lexicons import word_table
from kg.parse.name_search import NAMING
from kg.parse.name_votes import coarse
from kg.parse.spans import Span
from kg.parse.tree import Tree

_NEAR = 3
_FAR = 25
_MALE = frozenset({"man", "boy", "gentleman", "father", "son", "brother", "husband", "king", "prince", "uncle", "nephew", "grandfather"})
_FEMALE = frozenset({
    "woman", "girl", "lady", "mother", "daughter", "sister", "wife", "queen", "princess", "aunt", "niece", "grandmother",
    "actress", "spokeswoman", "chairwoman", "congresswoman",
})  # fmt: skip
_UNREAL = frozenset({"would", "could", "might", "may", "should", "must", "can", "will", "shall"})
_CONTRAST = frozenset({"other", "another", "second", "third", "new", "old", "former", "next", "previous", "first", "last", "different",
                       "same", "only", "main", "entire", "nearby", "neighbouring", "neighboring", "rival", "own", "local", "national"})  # fmt: skip
_HOLDERS = frozenset({"group", "organization", "organisation", "company", "party", "agency", "newspaper", "charity", "association",
                      "team", "club", "network", "movement", "firm", "union", "army", "militia", "magazine", "bank", "camp", "church"})  # fmt: skip


class Joiner:
    """Gathers nominals into the drafts of a document, in order of the text."""

    def __init__(self, tree: Tree, named: Sequence[Draft]) -> None:
        """Begin with the named entities."""
        self.tree = tree
        self.drafts = list(named)
        self.at: dict[int, Draft] = {}
        self.heads: dict[int, list[int]] = {}
        self.by_noun: dict[str, list[tuple[Nominal, Draft]]] = {}
        first = tree.sentence(0)[1] if tree.n else 0
        ends = [word for word in tree.words[:first] if not word.isspace()]
        self.headline = first if 0 < first < tree.n and ends and ends[-1] not in {".", "!", "?", '"'} else 0
        for draft in named:
            for span in draft.spans:
                for index in range(span.start, span.end):
                    self.at[index] = draft

    def join(self, nominal: Nominal) -> None:
        """Put `nominal` into the draft that it refers to, or a new one."""
        draft = self._beside(nominal)
        if draft is not None:
            self._absorb(draft, self._announced(nominal) if nominal.determiner == "indefinite" else None)
        draft = draft or self._repeated(nominal) or self._anaphoric(nominal)
        if draft is None:
            if nominal.weak:
                return
            draft = Draft(nominal.span.type, self.phrase(nominal.span), plural=nominal.plural)
            self.drafts.append(draft)
        self._add(nominal, draft)

    def _absorb(self, draft: Draft, other: Draft | None) -> None:
        """Make one of an entity and the headline's nameless one."""
        if other is None or other is draft or not self._agree(draft, other):
            return
        draft.spans[:0] = other.spans
        draft.spans.sort(key=lambda span: span.start)
        draft.nouns |= other.nouns
        draft.gender = draft.gender or other.gender
        self.heads.pop(id(draft), None)
        self.drafts.remove(other)
        self.by_noun = {n: [(m, draft if d is other else d) for m, d in rows] for n, rows in self.by_noun.items()}
        for index, holder in self.at.items():
            if holder is other:
                self.at[index] = draft

    def _agree(self, draft: Draft, other: Draft) -> bool:
        return draft.plural == other.plural and compatible(draft.type, other.type)

    def phrase(self, span: Span) -> str:
        """The words of a nominal without its article."""
        start = span.start
        while start < span.head and self.tree.lower[start] in {"the", "a", "an", "this", "that", "these", "those", "some", "both"}:
            start += 1
        return self.tree.text(start, span.end)

    def _add(self, nominal: Nominal, draft: Draft) -> None:
        draft.spans.append(nominal.span)
        if id(draft) in self.heads:
            insort(self.heads[id(draft)], nominal.span.head)
        draft.nouns.add(nominal.noun)
        if not draft.gender:
            draft.gender = "m" if nominal.noun in _MALE else "f" if nominal.noun in _FEMALE else ""
        self.at[nominal.span.head] = draft
        self.by_noun.setdefault(nominal.noun, []).append((nominal, draft))

    def _beside(self, nominal: Nominal) -> Draft | None:
        """The entity that grammar says it is: apposition, "X is the mayor", "the Amnesty group"."""
        tree, head = self.tree, nominal.span.head
        partners = [k for k in tree.kids[head] if tree.dep[k] == "appos"]
        if tree.dep[head] == "appos":
            partners.insert(0, tree.head[head])
        if tree.dep[head] == "attr":
            partners += self._subject(tree.head[head])
        for partner in partners:
            draft = self.at.get(partner)
            if draft is not None and self._fits(nominal, draft) and nominal.plural == draft.plural:
                return draft
        return self._naming(nominal) or self._titled(nominal) or self._containing(nominal)

    def _naming(self, nominal: Nominal) -> Draft | None:
        """The name in "a camp known as the Jungle", "a group called X"."""
        tree = self.tree
        for verb in tree.kids[nominal.span.head]:
            if tree.dep[verb] not in {"acl", "relcl"} or tree.lemma[verb] not in NAMING or nominal.plural:
                continue
            named = [k for k in tree.kids[verb] if tree.dep[k] in {"oprd", "dobj", "attr"}]
            named += [g for k in tree.kids[verb] if tree.dep[k] == "prep" and tree.lower[k] == "as" for g in tree.kids[k]]
            for token in named:
                draft = self.at.get(token)
                if draft is not None and draft.named and self._fits(nominal, draft):
                    return draft
        return None

    def _titled(self, nominal: Nominal) -> Draft | None:
        """The name right behind a role: "the mayor | John Smith", "the founder of Acme | Jane Doe", "head of X, John Smith,"."""
        if nominal.plural or nominal.span.type != "Person":
            return None
        end = nominal.span.end
        behind = self.at.get(end)
        if behind is None and nominal.owner and self.tree.words[end : end + 1] == [","]:
            behind = self.at.get(end + 1)
            last = max((s.end for s in behind.spans if s.start == end + 1), default=0) if behind else 0
            if not last or self.tree.words[last : last + 1] not in ([","], ["."]):
                return None
        return behind if behind is not None and behind.named and behind.kind == "Person" and self._fits(nominal, behind) else None

    def _containing(self, nominal: Nominal) -> Draft | None:
        """The name inside the phrase: "the Amnesty | group", "the Lombardy | region", "the city | of Calais"."""
        tree, head = self.tree, nominal.span.head
        if nominal.plural:
            return None
        inner = self.at.get(head - 1)
        if inner is not None and inner.named and tree.dep[head - 1] in {"compound", "nmod", "amod"}:
            if nominal.noun in _HOLDERS and inner.kind == "Organization":
                return inner if coarse(nominal.span.type) in {"Organization", "Group"} else None
            if inner.type == nominal.span.type and inner.kind == "Place":
                return inner
        if head + 2 < tree.n and tree.lower[head + 1] == "of":
            inner = self.at.get(head + 2)
            if inner is not None and inner.named and inner.kind == "Place" and inner.type == nominal.span.type:
                return inner
        return None

    def _subject(self, verb: int) -> list[int]:
        """The subject of an asserted "is": nothing under "not", "would be", "if"."""
        tree = self.tree
        if tree.lemma[verb] != "be":
            return []
        kids = tree.kids[verb]
        if any(tree.dep[k] == "neg" or (tree.dep[k] == "aux" and tree.lower[k] in _UNREAL) or tree.dep[k] == "mark" for k in kids):
            return []
        return [k for k in kids if tree.dep[k] == "nsubj"]

    def _fits(self, nominal: Nominal, draft: Draft) -> bool:
        gender = "m" if nominal.noun in _MALE else "f" if nominal.noun in _FEMALE else ""
        if gender and draft.gender and gender != draft.gender:
            return False
        return compatible(nominal.span.type, draft.type)

    def _sentences(self, nominal: Nominal, position: int) -> int:
        return self.tree.sent[nominal.span.head] - self.tree.sent[position]

    def _repeated(self, nominal: Nominal) -> Draft | None:
        """The last entity that was called by the same noun: "a new migrant camp … the camp"."""
        if nominal.determiner in {"indefinite", "number"}:
            return self._announced(nominal)
        best: tuple[float, Draft] | None = None
        called = self.by_noun.get(nominal.noun, [])
        lone = len({id(draft) for other, draft in called if other.plural == nominal.plural}) == 1
        for other, draft in reversed(called):
            distance = self._sentences(nominal, other.span.head)
            if distance > _FAR:
                break
            if other.plural != nominal.plural or not (self._same(nominal, other) or (lone and self._loosely(nominal, other, distance))):
                continue
            times = sum(d is draft for _, d in called)
            score = 0.5 * log2(1 + times) - 0.08 * distance - (0.5 if self._named_otherwise(draft, nominal.noun) else 0.0)
            if best is None or score > best[0]:
                best = (score, draft)
        return best[1] if best else None

    def _announced(self, nominal: Nominal) -> Draft | None:
        """The entity of the headline that the text introduces: "Australian woman claims … | X, an Australian woman"."""
        for other, draft in self.by_noun.get(nominal.noun, ()):
            if other.span.head < self.headline and other.plural == nominal.plural and other.number == nominal.number:
                if other.determiner in {"none", "number"} and nominal.modifiers >= other.modifiers and not draft.named:
                    return draft
        return None

    def _named_otherwise(self, draft: Draft, noun: str) -> bool:
        """Does the entity have a name without that noun, by which the text would rather take it up?"""
        return draft.named and noun not in draft.name.lower()

    def _loosely(self, nominal: Nominal, other: Nominal, distance: int) -> bool:
        """May "the temporary camp" take up "a new migrant camp"? Yes while it is the only camp, and near."""
        if nominal.determiner != "definite" or nominal.plural or nominal.owner or nominal.number or distance > _NEAR:
            return False
        if other.number or other.owner:
            return False
        return not any(word in _CONTRAST or word[:1].isupper() for word in nominal.modifiers) and not self._capital(nominal)

    def _capital(self, nominal: Nominal) -> bool:
        return any(word[:1].isupper() for word in self.tree.words[nominal.span.start + 1 : nominal.span.head])

    def _same(self, nominal: Nominal, other: Nominal) -> bool:
        """Can the later phrase take up the earlier one, by owner, modifiers and number?"""
        if nominal.owner and nominal.owner != other.owner:
            return False
        if {"his", "her", "their", "its", "my", "our", "your"} & set(nominal.owner.split()):
            return False
        if nominal.number and nominal.number != other.number:
            return False
        if nominal.determiner in {"definite", "possessive"}:
            return nominal.modifiers <= other.modifiers
        if other.determiner not in {"none", "definite"} or other.owner != nominal.owner:
            return False
        return nominal.modifiers == other.modifiers

    def _anaphoric(self, nominal: Nominal) -> Draft | None:
        """The named entity that a definite noun takes up: "Calais … the town", "President Obama … the president"."""
        if nominal.determiner != "definite" or nominal.plural or nominal.owner or nominal.number:
            return None
        if nominal.modifiers:
            return None
        noun = nominal.noun
        called = [d for d in self.drafts if d.named and self._called(d, noun) and self._before(d, nominal, _FAR)]
        if called:
            return max(called, key=lambda d: self._last(d, nominal))
        classes = word_table("anaphors.tsv").get(noun, "").split()
        if not classes:
            return None
        near = [d for d in self.drafts if d.named and self._before(d, nominal, _NEAR) and not d.plural]
        fitting = [d for d in near if d.type in classes and self._fits(nominal, d)]
        fitting.sort(key=lambda d: -self._last(d, nominal))
        if not fitting:
            return None
        rivals = [d for d in fitting if self._before(d, nominal, 1)]
        return fitting[0] if len(rivals) <= 1 else None

    def _called(self, draft: Draft, noun: str) -> bool:
        """Does the text, or the name itself, call the entity by this noun: "Durham University" a university?"""
        if noun in draft.nouns or any(singular(other) == noun for other in draft.nouns):
            return True
        if draft.kind in {"Organization", "Place"}:
            words = [word.lower() for word in draft.name.split()]
            return len(words) > 1 and noun in {words[-1], *(w for w, n in zip(words, words[1:], strict=False) if n == "of")}
        return False

    def _last(self, draft: Draft, nominal: Nominal) -> int:
        """The last mention of the draft before the nominal, -1 when there is none."""
        heads = self.heads.setdefault(id(draft), [s.head for s in draft.spans])
        place = bisect_left(heads, nominal.span.start)
        return heads[place - 1] if place else -1

    def _before(self, draft: Draft, nominal: Nominal, sentences: int) -> bool:
        last = self._last(draft, nominal)
        return last >= 0 and self._sentences(nominal, last) <= sentences
