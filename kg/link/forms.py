"""Written forms of place names: the key under which a name stands in the gazetteer, and its other writings."""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "’": "'",
        "‘": "'",
    }
)
_WRITTEN_OUT = (
    (re.compile(r"\b(?:st|ste)\.? (?=\w)"), "saint "),
    (re.compile(r"\bmt\.? (?=\w)"), "mount "),
    (re.compile(r"\bft\.? (?=\w)"), "fort "),
)
_NO_SPACE = re.compile(r"['.`ʻʼʿ]")
_NO_WORD = re.compile(r"[\W_]+")
_SUFFIXES = (
    " county",
    " parish",
    " city",
    " region",
    " province",
    " township",
    " borough",
    " state",
    " district",
    " area",
    " governorate",
    " oblast",
    " prefecture",
    " voivodeship",
    " municipality",
    " division",
    " emirate",
    " canton",
    " krai",
    " republic",
    " autonomous region",
    " autonomous republic",
    " special administrative region",
    " metropolitan area",
    " twp",
)
_PREFIXES = (
    "city of ",
    "town of ",
    "village of ",
    "state of ",
    "province of ",
    "republic of ",
    "county of ",
    "county ",
    "co ",
    "district of ",
    "region of ",
    "governorate of ",
    "emirate of ",
    "canton of ",
    "island of ",
    "islands of ",
    "kingdom of ",
    "commonwealth of ",
    "greater ",
    "downtown ",
    "metropolitan ",
    "metro ",
    "suburban ",
    "mainland ",
    "inner ",
    "upstate ",
    "rural ",
)
_SIDES = re.compile(
    r"(?:(?:north|south)[ -]?(?:east|west)(?:ern)?|(?:north|south|east|west|mid|central|upper|lower)(?:ern)?)"
    r"[ -](?=[^\W\d_])",
    re.IGNORECASE,
)


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """The key of a name: no capitals, accents, full stops, article; "Saint" and "Mount" written out.

    >>> normal("St. Louis"), normal("Saint-Étienne"), normal("The Hague"), normal("D.C.")
    ('saint louis', 'saint etienne', 'hague', 'dc')
    """
    letters = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    text = "".join(c for c in letters if not unicodedata.combining(c))
    for pattern, word in _WRITTEN_OUT:
        text = pattern.sub(word, text)
    text = _NO_WORD.sub(" ", _NO_SPACE.sub("", text)).strip()
    return text[4:] if text.startswith("the ") and len(text) > 4 else text


def bare(form: str) -> str:
    """A form without its article, possessive ending and white space around it.

    >>> bare("the Netherlands'"), bare("Ohio's")
    ('Netherlands', 'Ohio')
    """
    form = form.strip()
    if form[:4].lower() == "the ":
        form = form[4:]
    for ending in ("'s", "’s", "'", "’"):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            return form[: -len(ending)]
    return form


@lru_cache(maxsize=1)
def abbreviations() -> dict[str, tuple[str, bool]]:
    """Abbreviations by their letters: ("Calif" → ("California", dot wanted?))."""
    table: dict[str, tuple[str, bool]] = {}
    text = (resources.files("kg") / "lang" / "en" / "place_abbreviations.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            short, full, dotted = line.split("\t")
            table[short] = (full, dotted == "dot")
    return table


def expand(form: str) -> str | None:
    """The full name of an abbreviation, if the form is one.

    >>> expand("Calif."), expand("D.C."), expand("Miss"), expand("Miss.")
    ('California', 'District of Columbia', None, 'Mississippi')
    """
    full, dotted = abbreviations().get(form.replace(".", "").replace(",", "").replace(" ", ""), (None, False))
    return None if dotted and "." not in form else full


@lru_cache(maxsize=32768)
def variants(form: str) -> tuple[str, ...]:
    """Keys to look a form up by, the likeliest first.

    An abbreviation stands for its full name only ("Miss." is no village of that name); other forms are tried as they
    are, then without a word for their kind ("Orange County", "City of Paris"), then without the side ("northern Mali").

    >>> variants("Calif.")
    ('california',)
    >>> variants("City of Niles")
    ('city of niles', 'niles')
    >>> variants("Western U.S.")
    ('western us', 'united states')
    """
    form = bare(form)
    full = expand(form)
    if full is not None:
        return (normal(full),)
    key = normal(form)
    found = [key]
    found += [key[: -len(suffix)] for suffix in _SUFFIXES if key.endswith(suffix)]
    found += [key[len(prefix) :] for prefix in _PREFIXES if key.startswith(prefix)]
    side = _SIDES.match(form)
    if side:
        found += variants(form[side.end() :])
    return tuple(dict.fromkeys(k for k in found if k))
