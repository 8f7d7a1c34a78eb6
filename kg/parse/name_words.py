"""What the word lists say about the words of a name."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from kg import resources
from kg.parse.lexicons import word_set, word_table
from kg.parse.spans import Place


class Gazetteer(Protocol):
    """What names need of a gazetteer (`kg.link.gazetteer` has one): the places of a form."""

    def candidates(self, form: str) -> Sequence[Place]:
        """The places called `form`; none when it is no place name."""
        ...


CLASSES = ("Person", "Organization", "Place", "Group", "Event", "Other")
_PLACES = frozenset({"Place", "City", "Country", "Region", "Water", "Landform", "Facility", "Camp"})
_UNITS = frozenset({"km", "kilometres", "kilometers", "miles"})
_LINKS = frozenset({"of", "for", "on", "against", "without", "de", "des", "du", "sans"})
KEPT_TITLES = frozenset({"King", "Queen", "Prince", "Princess", "Pope", "Saint", "St.", "Sheikh", "Emperor", "Empress"})


def is_title(word: str) -> bool:
    """Is `word` a title before a person's name: "Minister", "Dr.", in lower case too?"""
    return word in word_set("titles.txt") or (word.islower() and word.capitalize() in word_set("titles.txt"))


def is_title_modifier(word: str) -> bool:
    """Does `word` stand before titles: "Prime", "former"?"""
    modifiers = word_set("title_modifiers.txt")
    return word in modifiers or (word.islower() and word.capitalize() in modifiers)


def noun_class(word: str) -> str | None:
    """The class of what a noun refers to: "minister" → "Person", "ministers" → "Group", "towns" → "City".

    >>> noun_class("spokesman"), noun_class("politicians"), noun_class("table")
    ('Person', 'Group', None)
    """
    found = word_table("heads.tsv").get(singular(word))
    return "Group" if found == "Person" and singular(word) != word else found


@cache
def singular(word: str) -> str:
    """The form under which the lists have a noun: "ministers" → "minister".

    >>> singular("spokesmen"), singular("cities"), singular("news")
    ('spokesman', 'city', 'news')
    """
    heads = word_table("heads.tsv")
    if word in heads:
        return word
    return next((single for single in _singulars(word) if single in heads), word)


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("men"):
        return (f"{word[:-2]}an",)
    if word.endswith("ies"):
        return (f"{word[:-3]}y", word[:-1])
    if word.endswith("es"):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") and len(word) > 3 else ()


def known_organization(words: Sequence[str]) -> str | None:
    """The class of an organisation that everybody knows by a name that does not say what it is.

    >>> known_organization(["United", "Nations"])
    'InternationalOrganization'
    """
    table = word_table("known_organizations.tsv")
    text = joined(words)
    return table.get(text) or (table.get(f"The {text}") if len(words) > 1 else None)


def organization_class(words: Sequence[str]) -> str | None:
    """The class that the head word of an organisation's name gives.

    "Ministry of Education" and "Education Ministry" → GovernmentBody; one word alone says nothing.

    >>> organization_class(["Ministry", "of", "Education"]), organization_class(["Party"])
    ('GovernmentBody', None)
    """
    table = word_table("organizations.tsv")
    lower = [word.lower() for word in words]
    if len(lower) < 2:
        return None
    for index, word in enumerate(lower[1:], 1):
        if word in _LINKS:
            found = table.get(lower[index - 1])
            if found:
                return found
            break
    return (
        table.get(" ".join(lower[-2:]).replace(" 's", "'s"))
        or table.get(lower[-1])
        or word_table("organization_first_words.tsv").get(lower[0])
    )


def place_class(words: Sequence[str]) -> str | None:
    """The class that the head word of a place's name gives: "Lake Chad" → Water, "Fisht Stadium" → Facility."""
    table = word_table("place_words.tsv")
    lower = [word.lower() for word in words]
    if len(lower) < 2:
        return None
    for index, word in enumerate(lower[1:], 1):
        if word == "of" and lower[index - 1] in table:
            return table[lower[index - 1]]
    return table.get(" ".join(lower[-2:])) or table.get(lower[-1]) or word_table("place_first_words.tsv").get(lower[0])


def is_thing(words: Sequence[str]) -> bool:
    """Is it by its head word the name of a prize, a law or a treaty: "Order of Canada", "Clean Air Act"?

    >>> is_thing(["Order", "of", "Canada"]), is_thing(["Order"])
    (True, False)
    """
    lower = [word.lower() for word in words]
    head = next((lower[i] for i in range(len(lower) - 1) if lower[i + 1] in _LINKS), lower[-1])
    return len(words) > 1 and head in word_set("thing_words.txt")


def two_words_place(words: Sequence[str]) -> bool:
    """Do the last two words say that it is a place: "Metro Toronto | Convention Centre"?

    >>> two_words_place(["Lunden", "Convention", "Centre"]), two_words_place(["Lunden", "Arts", "Centre"])
    (True, False)
    """
    return len(words) > 2 and " ".join(words[-2:]).lower() in word_table("place_words.tsv")


def measured(behind: Sequence[str]) -> bool:
    """Do the words behind a name tell how far it lies: "Ndassiko|, about 60 kilometres north of Bria"?

    >>> measured([",", "about", "60", "kilometres", "north"]), measured([",", "60", ","])
    (True, False)
    """
    units = [i for i, word in enumerate(behind) if word in _UNITS]
    return behind[:1] == [","] and bool(units) and any(word[:1].isdigit() for word in behind[: units[0]])


def gender_of_first_name(word: str) -> str | None:
    """Return "m", "f" or "u" when `word` is a first name that the list has."""
    return word_table("first_names.tsv").get(word)


def likely_gender(word: str) -> str:
    """Return the gender that the ending of a first name makes likely, for names that the list lacks; "" for none.

    >>> likely_gender("Olavo"), likely_gender("Ilda"), likely_gender("Bram")
    ('m', 'f', '')
    """
    if len(word) < 4 or not word.isalpha():
        return ""
    return "f" if word.endswith("a") else "m" if word.endswith("o") and not word.endswith("ko") else ""


def joined(words: Sequence[str]) -> str:
    """The words as a running text has them, one space between, none before a possessive or around a hyphen."""
    text = " ".join(words)
    for mark in ("-", "–", "/"):
        text = text.replace(f" {mark} ", mark)
    return (
        text.replace(" '", "'").replace(" ’", "’").replace(" & ", "&")
        if "'" in text or "’" in text or "&" in text
        else text
    )


def coarse(name: str) -> str:
    """The class among CLASSES that `name` lies under: "SecurityForce" → "Organization", "City" → "Place".

    >>> coarse("SecurityForce"), coarse("Camp"), coarse("Group")
    ('Organization', 'Place', 'Group')
    """
    if name in _PLACES:
        return "Place"
    return name if name in CLASSES else "Organization"


@cache
def demonyms() -> frozenset[str]:
    """Return the adjectives and nouns of peoples: "French", "Cape Verdean"."""
    rows = resources.table("en", "demonyms.tsv")
    return frozenset(word.strip() for row in rows for cell in row[1:] for word in cell.split("|") if word.strip())


def is_demonym(word: str) -> bool:
    """Is `word` the adjective or noun of a people, the plural too: "Danish", "Danes"? "U.S." is a country's name.

    >>> is_demonym("Danes"), is_demonym("U.S."), is_demonym("Philippines")
    (True, False, False)
    """
    return word[1:2].islower() and (word in demonyms() or (word.endswith("s") and word[:-1] in _people_nouns()))


@cache
def _people_nouns() -> frozenset[str]:
    rows = resources.table("en", "demonyms.tsv")
    return frozenset(word.strip() for row in rows for word in row[2].split("|") if word.strip())


@cache
def reporting_verbs() -> frozenset[str]:
    """The verbs whose subject speaks: "say", "claim"."""
    rows = resources.table("en", "reporting.tsv")
    return frozenset(row[0] for row in rows if row[1] == "verb" and row[2] in {"say", "claim"})
