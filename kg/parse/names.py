"""Names of a document, with their types put right."""

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from kg.parse import acronyms
from kg.parse import name_search as search
from kg.parse.headlines import headline_tokens
from kg.parse.lexicons import word_set
from kg.parse.name_descriptions import Votes, descriptions, holders, root
from kg.parse.name_evidence import names_people
from kg.parse.name_growth import full_names, grown
from kg.parse.name_spans import Candidate, clean, is_capital, split, with_first_names
from kg.parse.name_votes import vote, winner
from kg.parse.name_words import (
    Gazetteer,
    coarse,
    demonyms,
    gender_of_first_name,
    is_title,
    is_title_modifier,
    joined,
    known_organization,
    noun_class,
    organization_class,
    place_class,
)
from kg.parse.spans import Span
from kg.parse.tree import Tree

Form = tuple[str, ...]

_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "V"})
_SURE = 1.0
_LABELLED = 0.8  # what a full name says about its surname when only spaCy calls it a person's
_OFFICES = (["Minister"], ["Secretary"], ["Commissioner"])
_PARTY = re.compile(r"[RDI]-[A-Z]")  # "(R-Ky.)" behind a senator: party and state


def find_names(doc: Doc, gazetteer: Gazetteer, tree: Tree | None = None) -> tuple[Span, ...]:
    """The names of the document, in order of the text, without overlap.

    "Interior Minister Gerald Darmanin tweeted" → Person "Gerald Darmanin"; `known as the "Jungle"` → Camp "Jungle";
    "French police" → nothing, since an adjective names nobody. spaCy finds most names and gets a fifth of their types
    wrong on news; evidence from the whole document mends that (`kg.parse.name_votes`).
    """
    tree = tree or Tree(doc)
    found = _Names(tree, gazetteer)
    return found.spans()


class _Names:
    """Candidates of one document, their forms and the classes of these."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer) -> None:
        self.tree = tree
        self.gazetteer = gazetteer
        self.headline = headline_tokens(tree)
        self.small = frozenset(word for word in tree.words if word.islower())
        self.fixed: dict[Form, str] = {}
        self.candidates = _without_overlap([*self._from_spacy(), *self._searched()])

    def form(self, start: int, end: int) -> Form:
        return tuple(self.tree.words[start:end])

    def free(self, candidates: Sequence[Candidate]) -> list[bool]:
        return search.free_tokens(self.tree.n, ((c.start, c.end) for c in candidates))

    def _from_spacy(self) -> list[Candidate]:
        found = []
        for entity in self.tree.doc.ents:
            if entity.label_ not in _LABELS:
                continue
            for start, end in split(self.tree, entity.start, entity.end):
                candidate = clean(self.tree, start, end, entity.label_)
                if candidate is not None and not self._common(candidate):
                    found.append(candidate)
        return grown(self.tree, with_first_names(self.tree, found), self.gazetteer)

    def _common(self, candidate: Candidate) -> bool:
        """Is it a word that is no name on its own: "Monday", "DVD"?"""
        form = self.form(candidate.start, candidate.end)
        if any(_PARTY.match(word) for word in form):
            return True
        if joined(form) in demonyms() and len(form) > 1:
            return True  # "Cape Verdean"
        if candidate.label == "ORG" and self._resort(candidate):
            return True
        if len(form) > 1:
            before = self.tree.words[candidate.start - 1] if candidate.start else ""
            if before in word_set("honorifics.txt"):
                return False
            return any(map(is_title, form)) and all(is_title(word) or is_title_modifier(word) for word in form)
        following = self.tree.words[candidate.end : candidate.end + 1]
        if candidate.label == "" and is_title(form[0]) and following and is_capital(following[0]):
            return True  # "spokesman | Colonel | Stavros Mandelas"
        if form[0] in word_set("title_modifiers.txt") and following and is_title(following[0]):
            return True
        return form[0] in word_set("not_names.txt") or (candidate.label == "ORG" and self._portfolio(candidate.start))

    def _resort(self, candidate: Candidate) -> bool:
        """Is it what the office behind it is for: "Business | Secretary", "Local Government | Minister"?"""
        following = self.tree.words[candidate.end : candidate.end + 1]
        form = self.form(candidate.start, candidate.end)
        return following in _OFFICES and not known_organization(form) and not self.gazetteer.candidates(joined(form))

    def _portfolio(self, start: int) -> bool:
        """Is token `start` what a minister is minister of: "Minister of | Education"?"""
        words = self.tree.words
        return (
            start > 1 and words[start - 1] in {"of", "for"} and is_title(words[start - 2]) and not self._is_place(start)
        )

    def _is_place(self, start: int) -> bool:
        return bool(self.gazetteer.candidates(self.tree.words[start]))

    def _searched(self) -> list[Candidate]:
        tree = self.tree
        spacy = self._from_spacy()
        free = self.free(spacy)
        found = [*search.behind_titles(tree, free), *search.behind_nouns(tree, free)]
        for start, end, noun in search.called(tree):
            kind = noun_class(tree.lower[noun])
            if kind and kind != "Group":
                self.fixed[self.form(start, end)] = kind
                found.append(Candidate(start, end, ""))
        organizations = [(c.start, c.end) for c in spacy if c.label == "ORG" and c.end - c.start > 1]
        for long, short in acronyms.in_brackets(tree, organizations):
            kind = organization_class(self.form(*long)) or "Organization"
            self.fixed.setdefault(self.form(*short), kind)
            found.append(Candidate(*short, ""))
            if all(long[0] <= c.start and c.end <= long[1] for c in spacy if c.start < long[1] and long[0] < c.end):
                found.append(Candidate(*long, "ORG"))
        found += [Candidate(*span, "") for span in search.with_head_word(tree, free)]
        found += full_names(tree, free, self.gazetteer)
        for span in search.foreign(tree, free):
            found.append(Candidate(*span, "ORG"))
        found += [Candidate(index, index + 1, "") for index in acronyms.famous(tree, free)]
        for start, end in search.well_known(tree):
            kind = known_organization(tree.words[start:end]) or known_organization(tree.words[start - 1 : end])
            self.fixed.setdefault(self.form(start, end), kind or "Organization")
            found.append(Candidate(start, end, "ORG"))
        for start, end in search.ships(tree):
            self.fixed[self.form(start, end)] = "Facility"
            found.append(Candidate(start, end, ""))
        for index in acronyms.initials(tree, free, organizations):
            self.fixed.setdefault(self.form(index, index + 1), "Organization")
            found.append(Candidate(index, index + 1, ""))
        return [c for c in found if not self._common(c)]

    def spans(self) -> tuple[Span, ...]:
        """The mentions, repeats of known forms included."""
        classes = self._classes()
        known = {form: name for form, name in classes.items() if name in {"Person", "Organization", "Place", "Event"}}
        more = search.repeats(self.tree, known, self.free(self.candidates))
        rows = [
            (c.start, c.end, classes.get(self.form(c.start, c.end))) for c in self.candidates if self._kept(c, classes)
        ]
        rows += more
        return tuple(self._span(start, end, name) for start, end, name in sorted(rows) if name not in {None, "Other"})

    def _kept(self, candidate: Candidate, classes: dict[Form, str]) -> bool:
        tree = self.tree
        form = self.form(candidate.start, candidate.end)
        name = classes.get(form)
        if name == "Group":
            return names_people(tree, candidate)
        if name == "Organization" and self._shouted(form):
            return False
        if self.headline[candidate.start]:
            elsewhere = any(not self.headline[c.start] and self.form(c.start, c.end) == form for c in self.candidates)
            known = known_organization(form) or self.gazetteer.candidates(joined(form))
            proper = all(tree.tag[i] == "NNP" for i in range(candidate.start, candidate.end))
            full = name == "Person" and len(form) > 1 and proper and gender_of_first_name(form[0])
            return elsewhere or bool(known or full)
        return True

    def _shouted(self, form: Form) -> bool:
        """Is this a common word in capitals: "WE WIN", where the text has "win" too?"""
        if not all(word.isupper() for word in form) or known_organization(form):
            return False
        return all(word.lower() in self.small for word in form)

    def _classes(self) -> dict[Form, str]:
        """The class of every form."""
        grouped: dict[Form, list[Candidate]] = {}
        for candidate in self.candidates:
            grouped.setdefault(self.form(candidate.start, candidate.end), []).append(candidate)
        votes = {form: vote(self.tree, occurrences, self.gazetteer) for form, occurrences in grouped.items()}
        for part in self._short_organizations(votes, grouped):
            if winner(votes[part]) != "Group":
                votes[part]["Organization"] = votes[part].get("Organization", 0.0) + 2.5
        surnames = self._surnames(votes, grouped)
        for part, weight in surnames.items():
            if part in votes:
                placed = self._stands_as_place(grouped[part])
                votes[part]["Person"] = votes[part].get("Person", 0.0) + (1.0 if placed else weight)
        classes: dict[Form, str] = {}
        for form, found in votes.items():
            name = self.fixed.get(form) or winner(found)
            if name:
                classes[form] = coarse(name)
                self._describe(form, classes[form], grouped[form])
        for part, weight in surnames.items():
            if weight > _LABELLED and part not in classes and not self.gazetteer.candidates(joined(part)):
                classes[part] = "Person"
        return classes

    def _describe(self, form: Form, name: str, occurrences: Sequence[Candidate]) -> None:
        """Keep the sub-type that a noun beside the name gives: "the newspaper | X" → MediaOrganization."""
        if name not in {"Organization", "Place"} or form in self.fixed:
            return
        for candidate in occurrences:
            for described in (*descriptions(self.tree, candidate), *holders(self.tree, candidate)):
                if coarse(described) == name and described not in {"Organization", "Place"}:
                    self.fixed[form] = described
                    return

    def _surnames(self, votes: dict[Form, Votes], grouped: dict[Form, list[Candidate]]) -> dict[Form, float]:
        """Surnames of full names that are surely a person's, with the weight of what they say about the name alone.

        Only evidence beside spaCy's label makes a person sure: else "Internet Explorer" would make a person of
        "Explorer".
        """
        found: dict[Form, float] = {}
        for form, given in votes.items():
            if len(form) < 2 or winner(given) != "Person":
                continue
            labels = sum(c.label == "PERSON" for c in grouped[form])
            beside = given.get("Person", 0.0) - (1.2 if labels else 0.0)
            if beside < _SURE and not (labels == len(grouped[form]) and len(form) == 2):
                continue
            sure = beside >= _SURE
            last = form[-1] if form[-1] not in _SUFFIXES else form[-2]
            if last[:1].isupper() and len(last) > 1 and last.isalpha():
                found[(last,)] = max(found.get((last,), 0.0), 4.0 if sure else _LABELLED)
            if sure and form[0][:1].isupper() and len(form[0]) > 2 and form[0].isalpha():
                found.setdefault((form[0],), 1.2)
        return found

    def _short_organizations(self, votes: dict[Form, Votes], grouped: dict[Form, list[Candidate]]) -> set[Form]:
        """Parts of organisations' names: "Clydeforth Engineering … Clydeforth", "Minera Sierra Roja … Sierra Roja"."""
        found = set()
        for form, given in votes.items():
            if len(form) < 2 or winner(given) != "Organization" or not organization_class(form):
                continue
            parts = [*(form[:size] for size in range(1, len(form))), *(form[-size:] for size in range(2, len(form)))]
            for short in (part for part in parts if part in grouped):
                known = any(c.label in {"GPE", "LOC"} for c in grouped[short]) and self.gazetteer.candidates(
                    joined(short)
                )
                if not known and not (len(short) == 1 and gender_of_first_name(short[0])):
                    found.add(short)
        return found

    def _stands_as_place(self, occurrences: Sequence[Candidate]) -> bool:
        places = word_set("place_prepositions.txt")
        return any(c.start and self.tree.lower[c.start - 1] in places for c in occurrences)

    def _span(self, start: int, end: int, name: str | None) -> Span:
        form = self.form(start, end)
        return Span(start, end, root(self.tree, start, end), "name", subtype(form, name or "", self.fixed.get(form)))


def subtype(form: Sequence[str], name: str, fixed: str | None = None) -> str:
    """The most specific class that the words of a name give: Organization "Ministry of Health" → GovernmentBody.

    >>> subtype(("Fisht", "Stadium"), "Place"), subtype(("Reuters",), "Organization"), subtype(("Smith",), "Person")
    ('Facility', 'MediaOrganization', 'Person')
    """
    found: str | None = None
    if name == "Organization":
        found = known_organization(form) or organization_class(form)
    elif name == "Place":
        found = place_class(form)
    if found and found != name:
        return found
    return fixed if fixed and coarse(fixed) == name else name


def _without_overlap(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates in order of the text; of two that overlap the longer one, spaCy's on a tie."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, not c.label, c.start)):
        if taken.isdisjoint(range(candidate.start, candidate.end)):
            chosen.append(candidate)
            taken.update(range(candidate.start, candidate.end))
    return sorted(chosen, key=lambda c: c.start)
