"""A document as the ranker sees it: the forms of its place names, what each may mean, and what else is evoked.

One form means one place in a document (Leidner 2007): names of one key ("California", "Calif.") are weighed once.
Names of organisations and sites are evidence too: "Oxford Police Department" tells where a document is at home.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.link.forms import expand, normal, variants
from kg.link.gazetteer import Candidate, Gazetteer
from kg.link.kinds import called, in_dateline
from kg.parse.name_words import organization_class
from kg.parse.spans import Place, Span

PLACES = frozenset({"Place", "Country", "Region", "City", "Water", "Landform", "Facility", "Camp"})
_KNOWN = 1000  # inhabitants of a place whose name within another name counts
_MOST = 40  # candidates of a form that are weighed: the most populous ones


@dataclass(frozen=True, slots=True)
class Form:
    """Names of one key in a document: their positions in the list of names, and what they may mean.

    A form without positions is only hinted at, inside the name of an organisation. `kinds` is what nouns beside the
    names say they are ("Washington state"), `dateline` whether a report is written from there.
    """

    key: str
    names: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    kinds: frozenset[str] = frozenset()
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The forms of a document and what is evoked beside them: counts by country code, and by key of a place."""

    forms: tuple[Form, ...]
    countries: Mapping[str, float]
    places: Mapping[str, float]
    follows: Mapping[int, tuple[int, ...]]


def text_of(doc: Doc, span: Span) -> str:
    """The words of a span as they stand in the text, line breaks as spaces."""
    return " ".join(doc[span.start : span.end].text.split())


def hinted(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Place names within names of organisations and sites, which tell where a document is at home.

    "Oxford Police Department" → "Oxford", "University of Georgia" → "Georgia"; evidence, no names of their own.
    """
    found = []
    for span in names:
        words = [t.text for t in doc[span.start : span.end]]
        if span.type == "Person" or len(words) < 2:
            continue
        if span.type in PLACES:
            wanted = not gazetteer.lookup(text_of(doc, span))
        else:
            wanted = organization_class(words) is not None
        form = nested_form(words, gazetteer) if wanted else None
        if form is not None:
            found.append(form)
    return tuple(found)


def nested_form(words: Sequence[str], gazetteer: Gazetteer) -> str | None:
    """The place name inside a longer name: "Port of Los Angeles" → "Los Angeles", "Oxford Town Hall" → "Oxford"."""
    tries = [words[i + 1 :] for i, word in enumerate(words) if word in ("of", "in", "at")]
    tries += [words[:size] for size in (3, 2, 1) if size < len(words)]
    forms = (" ".join(part) for part in tries if part and part[0][:1].isupper())
    return next((form for form in forms if _is_name(form, gazetteer)), None)


def _is_name(form: str, gazetteer: Gazetteer) -> bool:
    """Is it the usual name of a place: "Oxford", "U.S.", and not "CBS" or "Time"?"""
    key = variants(form)[:1]
    found = gazetteer.lookup(form)
    if expand(form) is not None:
        return bool(found)
    usual = [c for c in found if normal(c.place.name).removesuffix(" county") in key and c.variant == 0]
    return len(form) > 2 and any(c.place.population >= _KNOWN for c in usual)


def scene(doc: Doc, names: Sequence[Span], places: Sequence[int], gazetteer: Gazetteer) -> Scene:
    """What the document speaks of: forms of the names at the positions `places`, and countries and states evoked."""
    groups: dict[str, list[int]] = {}
    found: dict[str, tuple[Candidate, ...]] = {}
    for position in places:
        form = text_of(doc, names[position])
        keys = variants(form)
        if keys:
            groups.setdefault(keys[0], []).append(position)
            found.setdefault(keys[0], gazetteer.lookup(form))
    for form in hinted(doc, names, gazetteer):
        key = variants(form)[0]
        groups.setdefault(key, [])
        found.setdefault(key, gazetteer.lookup(form))
    countries, evoked = _evoked(doc, groups, found, gazetteer)
    forms = []
    for key, positions in groups.items():
        kinds = {names[position].type for position in positions}
        fit = [c for c in found[key] if _fits(c, kinds, countries)]
        fit.sort(key=lambda c: (-c.place.population, c.place.key))
        if fit:
            spans = [names[position] for position in positions]
            said = frozenset(kind for span in spans if (kind := called(doc, span)))
            wired = any(in_dateline(doc, span.start, span.end) for span in spans)
            forms.append(Form(key, tuple(positions), tuple(fit[:_MOST]), said, wired))
    return Scene(tuple(forms), countries, evoked, _follows(doc, names, forms))


def _fits(candidate: Candidate, kinds: set[str], countries: dict[str, float]) -> bool:
    """May names of these classes mean the candidate? A hospital is no town, "the Channel" needs France or Britain."""
    if kinds and kinds <= {"Facility", "Camp"} and candidate.place.type != "Facility":
        return False
    if kinds == {"Water"} and candidate.place.type not in ("Water", "City"):
        return False
    return not candidate.near or any(countries.get(code) for code in candidate.near)


def _evoked(
    doc: Doc, groups: dict[str, list[int]], found: dict[str, tuple[Candidate, ...]], gazetteer: Gazetteer
) -> tuple[dict[str, float], dict[str, float]]:
    """How often each country is named, by name or by people, and each state or county that a name may mean."""
    countries: Counter[str] = Counter()
    evoked: Counter[str] = Counter()
    for key, positions in groups.items():
        for candidate in found[key]:
            place = candidate.place
            if candidate.variant == 0 and not candidate.near and place.feature in ("PCLI", "ADM1", "ADM2"):
                evoked[place.key] += len(positions) or 1
                if place.feature == "PCLI" and place.country:
                    countries[place.country] += len(positions) or 1
    before = ""
    for word in (token.text for token in doc):
        if word[:1].isupper():
            people = gazetteer.demonym(word)
            if people is None and before[:1].isupper():
                people = gazetteer.demonym(f"{before} {word}")
            if people is not None and people.country:
                countries[people.country] += 1
        before = word
    return dict(countries), dict(evoked)


def _follows(doc: Doc, names: Sequence[Span], forms: Sequence[Form]) -> dict[int, tuple[int, ...]]:
    """The forms that stand right behind each form as what contains it: "Niles, Ohio", "Homs in Syria"."""
    of = {position: number for number, form in enumerate(forms) for position in form.names}
    begins = {names[position].start: number for position, number in of.items()}
    behind: dict[int, list[int]] = {}
    for position, number in of.items():
        at = names[position].end
        if at < len(doc) and doc[at].text in (",", "(", "in", "-", "–", "/"):
            at += 1
            if at < len(doc) and doc[at].lower_ == "the":
                at += 1
            if at in begins:
                behind.setdefault(number, []).append(begins[at])
    return {number: tuple(dict.fromkeys(found)) for number, found in behind.items()}


def first_order(place: Place) -> str | None:
    """The key of the state or province that a place is, or lies in."""
    if place.feature == "ADM1":
        return place.key
    return place.parents[-2] if len(place.parents) > 1 else None
