"""Names that refer to the same entity: repeats, surnames, acronyms, short forms, the same place under two names."""

from collections.abc import Mapping, Sequence

from kg.coref.drafts import Draft
from kg.coref.words import gender_of
from kg.naming import canonical_name
from kg.parse.acronyms import in_brackets
from kg.parse.lexicons import word_set, word_table
from kg.parse.name_words import coarse, gender_of_first_name, is_title, likely_gender, noun_class
from kg.parse.spans import Link, Span
from kg.parse.tree import Tree

Key = tuple[str, ...]

_SMALL = frozenset({"of", "the", "and", "for", "on", "in", "de", "des", "du", "la"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def name_drafts(tree: Tree, names: Sequence[Span], links: Mapping[int, Link]) -> list[Draft]:
    """The named entities of a document, in order of their first mention.

    "Gerald Darmanin … Darmanin", "Korean Central News Agency (KCNA) … KCNA", "the U.S. … America" (one place by its
    link). "George Bush" and "George Bush Jr." stay apart, and so do two Smiths with different first names; "Smith"
    alone is the one named last.
    """
    return _Gathering(tree, names, links).drafts()


class _Gathering:
    def __init__(self, tree: Tree, names: Sequence[Span], links: Mapping[int, Link]) -> None:
        self.tree = tree
        self.names = names
        self.links = links
        self.keys = [tuple(canonical_name(tree.text(n.start, n.end)).split()) for n in names]
        self.found: list[Draft] = []
        self.by_key: dict[tuple[str, Key], Draft] = {}
        self.by_place: dict[str, Draft] = {}
        self.of: dict[int, Draft] = {}
        organizations = [(n.start, n.end) for n in names if coarse(n.type) == "Organization" and n.end - n.start > 1]
        self.short = {tree.text(*short): long for long, short in in_brackets(tree, organizations)}
        self.uses: dict[int, int] = {}

    def drafts(self) -> list[Draft]:
        order = sorted(range(len(self.names)), key=lambda i: (self._late(i), i))
        for index in order:
            draft = self._known(index) or self._new(index)
            self._join(index, draft)
        for draft in self.found:
            draft.spans.sort(key=lambda span: span.start)
            draft.name = self._name(draft)
        return sorted(self.found, key=lambda draft: draft.spans[0].start)

    def _late(self, index: int) -> bool:
        """Short forms wait until the full names of the document are known."""
        kind = coarse(self.names[index].type)
        return kind in {"Person", "Organization"} and len(_bare(self.keys[index])) == 1

    def _new(self, index: int) -> Draft:
        span = self.names[index]
        draft = Draft(span.type, self.tree.text(span.start, span.end), named=True, link=self.links.get(index))
        draft.plural = span.type == "Group"
        self.found.append(draft)
        return draft

    def _join(self, index: int, draft: Draft) -> None:
        span = self.names[index]
        draft.add(span)
        self.of[index] = draft
        self.by_key.setdefault((draft.kind, self.keys[index]), draft)
        if draft.kind == "Organization":
            self.by_key.setdefault((draft.kind, _formless(self.keys[index])), draft)
        link = self.links.get(index)
        if link is not None:
            draft.link = draft.link or link
            self.by_place.setdefault(link.place.key, draft)
            if draft.kind == "Place" and link.place.type != "Place":
                draft.type = link.place.type
        if draft.kind == "Person":
            self._describe(span, draft)

    def _describe(self, span: Span, draft: Draft) -> None:
        """Note titles and gender of a person: "Interior Minister | Darmanin" → minister."""
        tree = self.tree
        position = span.start - 1
        while position >= 0 and (is_title(tree.words[position]) or noun_class(tree.lower[position]) == "Person"):
            word = tree.lower[position]
            draft.gender = draft.gender or gender_of(word)
            if noun_class(word) == "Person":
                draft.nouns.add(word)
            if span.start - position > 3:
                break
            position -= 1
        draft.gender = draft.gender or gender_of(tree.lower[span.start])
        given = gender_of_first_name(tree.words[span.start])
        if given in {"m", "f"} and not draft.gender:
            draft.gender = given
        if given is None and span.end - span.start > 1:
            draft.likely = draft.likely or likely_gender(tree.words[span.start])

    def _known(self, index: int) -> Draft | None:
        """The entity that this name refers to, if it was met before."""
        span = self.names[index]
        link = self.links.get(index)
        if link is not None:
            return self.by_place.get(link.place.key)
        kind = coarse(span.type)
        same = self.by_key.get((kind, self.keys[index]))
        if kind == "Organization":
            same = same or self.by_key.get((kind, _formless(self.keys[index])))
        if kind == "Person" and len(_bare(self.keys[index])) == 1:
            person = self._surname(index)
            if person is not None:
                self.uses[id(person)] = self.uses.get(id(person), 0) + 1
            return person or same
        if same is not None:
            return same
        if kind == "Person":
            return self._fuller(index)
        if kind == "Organization":
            return self._short_organization(index)
        return None

    def _fuller(self, index: int) -> Draft | None:
        """George Bush ~ George W. Bush; not George Bush Jr."""
        words = self.keys[index]
        written = self.tree.text(self.names[index].start, self.names[index].end)
        for (kind, other), draft in self.by_key.items():
            if kind == "Person" and " " not in written and other[-len(words) :] == words:
                return draft  # "Monteiro-Fortes" is one surname
            if kind != "Person" or len(other) < 2 or other[0] != words[0]:
                continue
            if set(other) & _SUFFIXES != set(words) & _SUFFIXES:
                continue
            small, large = sorted((set(other), set(words)), key=len)
            if small <= large and other[-1] == words[-1]:
                return draft
        return None

    def _surname(self, index: int) -> Draft | None:
        """The person whose surname this is: who is called so already, else who was named in full last."""
        word = _bare(self.keys[index])[0]
        generation = set(self.keys[index]) & _SUFFIXES
        span = self.names[index]
        gender = gender_of(self.tree.lower[span.start - 1]) if span.start else ""
        best: tuple[bool, int, bool, int, Draft] | None = None
        for other, draft in self.of.items():
            words = _bare(self.keys[other])
            if len(words) < 2 or coarse(self.names[other].type) != "Person":
                continue
            if generation and generation != set(self.keys[other]) & _SUFFIXES:
                continue  # "Reyes Jr." is not Antonio Reyes Sr.
            place = 3 if words[-1] == word else 2 if self._paternal(other, word) else 1 if words[0] == word else 0
            if not place or (gender and draft.gender and gender != draft.gender):
                continue
            start = self.names[other].start
            known = place > 1 and start < span.start
            rank = (known, place, self.uses.get(id(draft), 0) > 1, start if start < span.start else -start)
            if best is None or rank > best[:4]:
                best = (*rank, draft)
        return best[4] if best else None

    def _paternal(self, index: int, word: str) -> bool:
        """Is `word` the first of two surnames: "Quispe" of "Yolanda Quispe Mamani"?"""
        span = self.names[index]
        return (
            len(self.keys[index]) == 3
            and self.keys[index][1] == word
            and not gender_of_first_name(self.tree.words[span.start + 1])
        )

    def _short_organization(self, index: int) -> Draft | None:
        """KCNA ~ Korean Central News Agency; Amnesty ~ Amnesty International."""
        span = self.names[index]
        text = self.tree.text(span.start, span.end)
        words = self.keys[index]
        holder = self._at(*self.short[text]) if text in self.short else None
        if holder is not None:
            return holder
        found: list[Draft] = []
        heads = word_table("organizations.tsv")
        for (kind, other), draft in self.by_key.items():
            if kind != "Organization" or len(other) < 2:
                continue
            if self._inside(words, other) or (words[0] in heads and len(words) == 1 and words[0] in self._heads(other)):
                return draft
            initials = "".join(word[0] for word in other if word not in _SMALL)
            letters = text.replace(".", "")
            if (
                letters.isupper()
                and len(letters) > 1
                and letters.lower() in {initials, "".join(word[0] for word in other)}
            ):
                return draft
            begins = other[0] == words[0] or (other[-1] == words[0] and other[-2] == "of")
            if len(words) == 1 and begins and len(words[0]) > 3 and draft not in found:
                found.append(draft)
        return found[0] if len(found) == 1 else None

    def _heads(self, words: Key) -> set[str]:
        """The words that say what the organisation is: "court" of "Supreme Court of Lunden"."""
        return {words[-1], words[words.index("of") - 1]} if "of" in words[1:] else {words[-1]}

    def _inside(self, short: Key, long: Key) -> bool:
        """Supreme Court ~ Italian Supreme Court of Cassation; not University ~ University of Oxford."""
        size = len(short)
        if (
            size < 2
            or size >= len(long)
            or (long[-1] != short[-1] and long[long.index("of") - 1 if "of" in long else -1] != short[-1])
        ):
            return False
        return any(long[i : i + size] == short for i in range(len(long) - size + 1))

    def _at(self, start: int, end: int) -> Draft | None:
        for index, draft in self.of.items():
            span = self.names[index]
            if span.start < end and start < span.end and draft.kind == "Organization":
                return draft
        return None

    def _name(self, draft: Draft) -> str:
        """The fullest name: the one with most words, the first such; a country by the gazetteer's name."""
        texts = [self.tree.text(span.start, span.end) for span in draft.spans]
        best = max(texts, key=lambda text: (len(text.split()), len(text) > 4, -texts.index(text)))
        if draft.link is not None and draft.type == "Country" and (best.isupper() or "." in best):
            return draft.link.place.name
        return best


def _formless(words: Key) -> Key:
    """The words of an organization's name without its legal form: "Carse Holdings Ltd" is Carse Holdings."""
    while len(words) > 1 and words[-1] in word_set("legal_forms.txt"):
        words = words[:-1]
    return words


def _bare(words: Key) -> Key:
    """The words of a person's name without what tells father and son apart."""
    return tuple(w for w in words if w not in _SUFFIXES) or words
